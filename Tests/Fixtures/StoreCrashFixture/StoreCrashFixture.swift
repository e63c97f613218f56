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
/// `StoreCrashFixture HOME COUNT NAMES [PLAN [tokens]]`.
///
/// It saves COUNT times, in turn under the NAMES (joined by commas), and prints `NAME VERSION` after each save that was
/// acknowledged. PLAN is `call:N` (killed at the Nth call to the disk) or `after:MICROSECONDS`. With `tokens` it keeps
/// tokens of the connections of these names, and tells their versions.
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
      if arguments.last == "tokens" {
        try keep(name, round, in: store.session())
      } else {
        try save(name, round, in: store.session())
      }
    }
  }

  private static func save(_ name: String, _ round: Int, in store: borrowing StoreSession) throws {
    guard let name = ConnectionName(provider: "tally", name: name) else { return }
    var values = SecretValues()
    values.set(Field.ID(.credentials, "apiKey"), to: secret(name, round))
    let provider = Provider(slug: "tally", entry: Value.Map(), origin: .builtIn)
    let facts = ConnectionFacts(name: name, created: .now(), changed: .now())
    let record = ConnectionRecord(facts: facts, provider: provider, values: values)
    try store.save(record, replacing: true)
    tell(name, try store.list().first { $0.name == name }?.version ?? 0)
  }

  private static func keep(_ name: String, _ round: Int, in store: borrowing StoreSession) throws {
    guard let name = ConnectionName(provider: "tally", name: name) else { return }
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: secret(name, round))
    var token = StoredToken(tokens: TokenSet(values: values, obtained: .now()))
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
