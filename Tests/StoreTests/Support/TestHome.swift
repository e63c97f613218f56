import Basics
import Connections
import Drafts
import FoundationEssentials
import ProviderFormat
import Requests
import Secrets
import Store
import Synchronization
import TestSupport

@testable import Store

/// A home directory of a test's own, with a store in its usual place. Nothing exists before the first save.
struct TestHome: ~Copyable {
  let directory = TemporaryDirectory()

  var path: String { directory.path }

  var environment: StoreEnvironment {
    StoreEnvironment(
      variables: ["HOME": directory.path], userID: 1000, accountHome: nil, workingDirectory: "/")
  }

  /// Forgets which versions were seen last: of a store that a test puts back to what it was, which is no attack.
  func forgetHeads() {
    let folder = directory.file(".config/usher")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix("known-heads-") { TestFile.remove("\(folder)/\(name)") }
  }

  func location(_ choice: StoreChoice = StoreChoice()) -> StoreLocation {
    do {
      return try StoreLocation(choice, in: environment)
    } catch {
      fatalError("no location: \(error)")
    }
  }

  func store(
    _ choice: StoreChoice = StoreChoice(), plan: RecipientPolicy = .newIdentity,
    schema: Schema = .current,
    engine: String? = nil, notices: Notices? = nil
  ) -> TestStore {
    let location = location(choice)
    var notice: StoreNotice.Receiver?
    if let notices { notice = { notices.add($0) } }
    let disk = StorageBackend(engine: engine)
    return TestStore(
      handle: StoreHandle(
        at: location, plan: plan,
        engine: SQLiteEngine(at: location, schema: schema, disk: disk, notice: notice),
        notice: notice))
  }

  var storePath: String { location().path }
  var identityPath: String { "\(configuration)/identity.txt" }
  var configuration: String { "\(path)/.config/usher" }

  /// What is remembered of the store in its usual place.
  var pinPath: String {
    let folder = configuration
    let name = TestFile.names(folder).first { $0.hasPrefix("known-store-") }
    return "\(folder)/\(name ?? "known-store-")"
  }

  /// A direct connection to the store's file, as an attacker has who can write to it.
  func database() throws -> Database { try Database(path: storePath) }
}

extension TestHome {
  /// A home with copies of what a release has written, with the modes that git does not keep.
  init(release: String) throws {
    self.init()
    let fixtures = #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" }
    let folder = "\(fixtures)/Fixtures/\(release)"
    _ = try PrivateDirectory.create(location().directory, .closed)
    _ = try PrivateDirectory.create(configuration, .readable)
    TestFile.write(TestFile.read("\(folder)/usher.db"), to: storePath)
    TestFile.write(
      TestFile.read("\(fixtures)/Fixtures/0.1.0/identity.txt"), to: identityPath, mode: 0o400)
  }
}

/// What a store has told beside its answers.
final class Notices: Sendable {
  private let all = Mutex<[StoreNotice]>([])

  func add(_ notice: StoreNotice) { all.withLock { $0.append(notice) } }

  var waits: [String] {
    all.withLock { $0 }.compactMap {
      switch $0 {
      case .waiting(let text): text
      case .warning: nil
      }
    }
  }

  var warnings: [String] {
    all.withLock { $0 }.compactMap {
      switch $0 {
      case .warning(let text): text
      case .waiting: nil
      }
    }
  }
}

/// Records of a provider with one key.
enum TestRecord {
  static let key = Field.ID(.credentials, "apiKey")
  static let tally = ConnectionName(provider: "tally")!

  static func name(_ name: String) -> ConnectionName {
    ConnectionName(provider: "tally", name: name)!
  }

  static let provider = Provider(
    slug: "tally", entry: Value.Map([.init(key: "auth_mode", value: .string("API_KEY"))]),
    origin: .builtIn)

  static func values(_ secret: String) -> SecretValues {
    var values = SecretValues()
    values.set(key, to: buffer(secret))
    return values
  }

  static func make(_ secret: String, name: ConnectionName = tally) -> ConnectionRecord {
    let facts = ConnectionFacts(name: name, created: .now(), changed: .now())
    return ConnectionRecord(facts: facts, provider: provider, values: values(secret))
  }

  static func buffer(_ text: String) -> SecretBuffer {
    var buffer = SecretBuffer(capacity: max(1, text.utf8.count))
    buffer.append(text: text.utf8)
    return buffer
  }

  /// The fake secret in a record.
  static func secret(in record: borrowing ConnectionRecord) -> String { secret(in: record.values) }

  static func secret(in values: borrowing SecretValues) -> String {
    values.withBytes(of: key) { String(decoding: $0.copied(), as: UTF8.self) }
  }
}

/// Tokens of the connections that `TestRecord` makes.
enum TestToken {
  static func make(_ secret: String, version: Int = 0) -> StoredToken {
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: TestRecord.buffer(secret))
    var token = StoredToken(
      tokens: TokenSet(
        values: values, obtained: Timestamp(secondsSinceEpoch: 1_900_000_000),
        expires: Timestamp(secondsSinceEpoch: 1_900_003_600), type: "Bearer"))
    token.version = version
    return token
  }
}

extension TokenStore where Self: ConnectionStore & ~Copyable {
  /// Keeps a token in place of the one that is there.
  func keep(_ secret: String, of name: ConnectionName = TestRecord.tally) throws(StoreError) {
    let version = try token(of: name)?.version ?? 0
    try saveToken(TestToken.make(secret, version: version), of: try read(name).facts)
  }

  /// The fake token that is kept for a name, and its version; nil where there is none.
  func kept(_ name: ConnectionName = TestRecord.tally) throws(StoreError) -> String? {
    guard var token = try token(of: name) else { return nil }
    guard let tokens = token.tokens.take() else { return "nothing \(token.version)" }
    return tokens.withAccessToken {
      "\(String(decoding: $0.copied(), as: UTF8.self)) \(token.version)"
    }
  }
}

extension ConnectionStore where Self: ~Copyable {
  func save(_ secret: String, _ name: ConnectionName = TestRecord.tally, replacing: Bool = false)
    throws(StoreError)
  {
    try save(TestRecord.make(secret, name: name), replacing: replacing)
  }

  /// The fake secret that is stored under a name.
  func secret(_ name: ConnectionName = TestRecord.tally) throws(StoreError) -> String {
    let record = try read(name)
    return TestRecord.secret(in: record)
  }
}

extension GenerationStore where Self: ~Copyable {
  /// The fake secret that a connection had before, with its token where one is kept; nil where nothing is.
  func formerSecret(_ name: ConnectionName = TestRecord.tally) throws(StoreError) -> String? {
    guard var former = try former(of: name) else { return nil }
    let secret = TestRecord.secret(in: former.record)
    guard var token = former.token.take(), let tokens = token.tokens.take() else { return secret }
    return tokens.withAccessToken {
      "\(secret) with \(String(decoding: $0.copied(), as: UTF8.self))"
    }
  }
}

/// What a call threw, or nil.
func failure(_ body: () throws(StoreError) -> Void) -> StoreError? {
  do {
    try body()
    return nil
  } catch {
    return error
  }
}
