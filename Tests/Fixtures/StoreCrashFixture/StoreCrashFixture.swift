import Basics
import Connections
import Drafts
import Glibc
import ProviderFormat
import Requests
import Secrets
import Store
import StoreFaults

@testable import Store

/// A process that stores connections and may be killed while it does:
/// `StoreCrashFixture HOME COUNT NAMES [PLAN [tokens|links|applications|undo|keys|reads]]`.
///
/// It saves COUNT times, in turn under the NAMES (joined by commas), and prints `NAME VERSION` after each save that was
/// acknowledged. PLAN is `call:N` (killed at the Nth call to the disk) or `after:MICROSECONDS`. With `tokens` it keeps
/// tokens of the connections of these names, and tells their versions; with `links` it saves connections together with
/// tokens; with `applications` it keeps applications of these names, and tells how often; with `undo` it brings back what
/// these connections were before; with `keys` it puts a new identity in place of the old one;
/// with `reads` it reads them, those that are there, and ends badly where one is not whole.
@main
struct StoreCrashFixture {
  static func main() throws {
    let arguments = CommandLine.arguments
    let disk = FaultyDisk(name: "fixture")
    if arguments.count > 4 { arrange(arguments[4], disk) }
    let location = try StoreLocation(
      in: StoreEnvironment(
        variables: ["HOME": arguments[1]], userID: 1000, accountHome: nil, workingDirectory: "/"))
    let store = StoreHandle(
      at: location, engine: SQLiteEngine(at: location, disk: StorageBackend(engine: disk.name)))
    let names = arguments[3].split(separator: ",").map(String.init)
    for round in 0..<(Int(arguments[2]) ?? 0) {
      let name = names[round % names.count]
      switch arguments.last {
      case "tokens": try keep(name, round, in: store.session())
      case "links": try link(name, round, in: store.session())
      case "keys": _ = try store.session().rotateIdentity(wrappingWith: nil)
      case "undo": try undo(name, in: store.session())
      case "applications": try keepApplication(name, round, in: store.session())
      case "reads": try read(name, in: store.session())
      default: try save(name, round, in: store.session())
      }
    }
  }

  private static func save(_ name: String, _ round: Int, in store: borrowing StoreSession) throws {
    guard let name = ConnectionName(provider: "tally", name: name) else { return }
    try store.save(record(name, round), replacing: true)
    tell(name, try store.list().first { $0.name == name }?.version ?? 0)
  }

  private static func read(_ name: String, in store: borrowing StoreSession) throws {
    guard let name = ConnectionName(provider: "tally", name: name), try store.find(name) != nil
    else { return }
    let record = try store.read(name)
    let isWhole = record.values.withBytes(of: Field.ID(.credentials, "apiKey")) { bytes in
      let text = String(decoding: bytes.copied(), as: UTF8.self)
      return text.hasPrefix("\(name)-") && text.hasSuffix("-EXAMPLE")
    }
    precondition(isWhole, "\(name) is not what was stored")
  }

  private static func link(_ name: String, _ round: Int, in store: borrowing StoreSession) throws {
    guard let name = ConnectionName(provider: "tally", name: name) else { return }
    try store.save(record(name, round), token: tokens(name, round), replacing: true)
    tell(name, try store.list().first { $0.name == name }?.version ?? 0)
  }

  private static func undo(_ name: String, in store: borrowing StoreSession) throws {
    guard let name = ConnectionName(provider: "tally", name: name) else { return }
    tell(name, try store.bringBack(name).version)
  }

  private static func keepApplication(
    _ name: String, _ round: Int, in store: borrowing StoreSession
  ) throws {
    guard let application = ApplicationName(name),
      let connection = ConnectionName(provider: "tally", name: name)
    else { return }
    let facts = ApplicationFacts(
      name: application, provider: "tally", clientID: "client", callback: nil, created: .now(),
      changed: .now())
    let client = OAuthClient(id: "client", secret: secret(connection, round))
    try store.saveApplication(Application(facts: facts, client: client, values: SecretValues()))
    tell(connection, round + 1)
  }

  private static func record(_ name: ConnectionName, _ round: Int) -> ConnectionRecord {
    var values = SecretValues()
    values.set(Field.ID(.credentials, "apiKey"), to: secret(name, round))
    let provider = Provider(slug: "tally", entry: Value.Map(), origin: .builtIn)
    let facts = ConnectionFacts(name: name, created: .now(), changed: .now())
    return ConnectionRecord(facts: facts, provider: provider, values: values)
  }

  private static func tokens(_ name: ConnectionName, _ round: Int) -> TokenSet {
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: secret(name, round))
    return TokenSet(values: values, obtained: .now())
  }

  private static func keep(_ name: String, _ round: Int, in store: borrowing StoreSession) throws {
    guard let name = ConnectionName(provider: "tally", name: name) else { return }
    var token = StoredToken(tokens: tokens(name, round))
    let version = try store.token(of: name)?.version ?? 0
    token.version = version
    try store.saveToken(token, of: try store.read(name).facts)
    tell(name, version + 1)
  }

  /// Of changing size, so that what is stored moves between pages.
  private static func secret(_ name: ConnectionName, _ round: Int) -> SecretBuffer {
    SecretBuffer(
      text: "\(name)-\(round)-" + String(repeating: "x", count: 300 + round * 37 % 900)
        + "-EXAMPLE")
  }

  private static func tell(_ name: ConnectionName, _ version: Int) {
    let line = Array("\(name.name) \(version)\n".utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(1, $0.baseAddress, $0.count) }
  }

  private static func arrange(_ plan: String, _ disk: FaultyDisk) {
    let parts = plan.split(separator: ":")
    guard parts.count == 2, let number = Int(parts[1]) else { return }
    if parts[0] == "call" {
      disk.plan(.init(call: number, fault: .kill))
    } else {
      var thread = pthread_t()
      let time = unsafe UnsafeMutableRawPointer(bitPattern: max(1, number))
      unsafe pthread_create(
        &thread, nil,
        { time in
          usleep(UInt32(UInt(bitPattern: time)))
          kill(getpid(), SIGKILL)
          return nil
        }, time)
    }
  }
}
