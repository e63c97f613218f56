internal import FoundationEssentials
internal import TestSupport

/// A server of the tests that is written in Python, for as long as this value lives: a program in `Fixtures` that gets
/// its settings in a file, says `listening PORT`, and ends with its standard input.
final class PythonServer: Sendable {
  let port: Int
  private let program: Holder
  private let directory = Directory()

  /// Listens as soon as it returns.
  ///
  /// - Parameters:
  ///   - script: where the program lies in `Fixtures`.
  ///   - interpreter: one that has what the program needs; nil where there is none.
  init(_ script: String, _ interpreter: String?, settings: some Encodable) throws {
    TextFile.write(
      Array(try JSONEncoder().encode(settings)), to: directory.file("settings.json"))
    guard let interpreter,
      let program = RunningProgram(
        interpreter,
        ["-B", "-E", TestPython.fixture(script), directory.file("settings.json")],
        errors: directory.file("log"))
    else { throw NotStarted(description: "there is no Python for \(script)") }
    let words = program.readLine()?.split(separator: " ") ?? []
    guard words.first == "listening", let last = words.last, let port = Int(last) else {
      throw NotStarted(description: Self.text(directory.file("log")))
    }
    self.port = port
    self.program = Holder(program)
  }

  /// What it wrote to standard error, line by line.
  var log: [String] {
    Self.text(directory.file("log")).split(separator: "\n").map(String.init)
  }

  /// Returns as soon as it has ended. Nobody listens on its port then.
  func stop() { program.end() }

  private static func text(_ path: String) -> String {
    TextFile.read(path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// What may go wrong before there is a server.
  struct NotStarted: Error, CustomStringConvertible {
    let description: String
  }

  /// Classes can hold what cannot be copied, and pass it on to nobody. One test has it, which ends it once at most.
  private final class Holder: @unchecked Sendable {
    private var program: RunningProgram?
    init(_ program: consuming RunningProgram) { self.program = consume program }
    func end() { program = nil }
  }

  private final class Directory: Sendable {
    private let directory = TemporaryDirectory()
    func file(_ name: String) -> String { directory.file(name) }
  }
}
