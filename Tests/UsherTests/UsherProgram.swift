import Basics
import FoundationEssentials
import Glibc
import TestSupport

/// The built program as an ordinary user runs it, with a home directory of its own.
///
/// Root keeps its things in the machine's own directories, so a test that runs as root becomes nobody first.
final class UsherProgram {
  static let nobody: UInt32 = 65534

  let home = TemporaryDirectory()

  init() {
    if geteuid() == 0 { unsafe chown(home.path, UsherProgram.nobody, UsherProgram.nobody) }
  }

  /// A copy that everybody may run: the build's own folder may lie where only its owner may look. Of the program that was built
  /// with the tests, or of the one that `USHER_PROGRAM` names.
  static let path: String = {
    let runner =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let folder = runner.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let copy = "/tmp/usher-under-test-\(getpid())"
    let program =
      ProcessInfo.processInfo.environment["USHER_PROGRAM"]
      ?? folder.joined(separator: "/") + "/usher"
    TextFile.write(TextFile.read(program) ?? [], to: copy)
    unsafe chmod(copy, 0o755)
    atexit { unsafe unlink("/tmp/usher-under-test-\(getpid())") }
    return copy
  }()

  /// The program and its arguments as a command line, for a process or a shell.
  /// - Parameter clock: what it takes for now; the machine's clock where it is nil.
  static func command(_ arguments: [String], at clock: FakeClock? = nil) -> [String] {
    let own = (clock?.command ?? []) + [path] + arguments
    guard geteuid() == 0 else { return own }
    return ["/usr/bin/setpriv", "--reuid=\(nobody)", "--regid=\(nobody)", "--clear-groups"] + own
  }

  /// What a login shell on a server would give, and nothing of the test runner's own.
  var environment: [String: String] {
    [
      "HOME": home.path, "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8",
    ]
  }

  /// Where the first save puts things.
  var storePath: String { home.file(".local/share/usher/usher.db") }
  var identityPath: String { home.file(".config/usher/identity.txt") }

  func run(
    _ arguments: [String], input: String = "", adding extra: [String: String] = [:],
    at clock: FakeClock? = nil
  ) -> ChildProcess {
    run(arguments, bytes: Array(input.utf8), adding: extra, at: clock)
  }

  /// The same with an input that need not be text.
  func run(
    _ arguments: [String], bytes: [UInt8], adding extra: [String: String] = [:],
    at clock: FakeClock? = nil
  ) -> ChildProcess {
    let command = UsherProgram.command(arguments, at: clock)
    return ChildProcess.run(
      command[0], Array(command.dropFirst()),
      environment: environment.merging(extra) { $1 }.filter { $1 != "-" }, input: bytes)
  }

  /// What is linked, as a list tells it.
  func linkedNames() throws -> [String] {
    let connections = try Value(json: run(["list", "--json"]).text)["connections"]?.list ?? []
    return connections.compactMap { $0["name"]?.text }
  }

  /// Starts it on a terminal of its own. A variable with the value `-` is left out.
  func start(
    _ arguments: [String], columns: Int = 80, rows: Int = 24, adding extra: [String: String] = [:],
    at clock: FakeClock? = nil
  ) -> PseudoTerminal? {
    let command = UsherProgram.command(arguments, at: clock)
    return PseudoTerminal(
      command[0], Array(command.dropFirst()),
      environment: environment.merging(extra) { $1 }, columns: columns, rows: rows)
  }

  /// A file that the program may read.
  func write(_ text: String, to name: String) -> String {
    let path = home.file(name)
    TextFile.write(text, to: path)
    unsafe chmod(path, 0o644)
    return path
  }

  struct WrittenFile {
    let name: String
    fileprivate let bytes: [UInt8]

    func holds(_ text: String) -> Bool { String(decoding: bytes, as: UTF8.self).contains(text) }
  }

  /// Everything that lies in the home directory.
  func writtenFiles() throws -> [WrittenFile] {
    try FileManager.default.subpathsOfDirectory(atPath: home.path).compactMap { name in
      TextFile.read(home.file(name)).map { WrittenFile(name: name, bytes: $0) }
    }
  }
}
