internal import TestSupport

/// A provider on loopback that checks signatures, tokens and certificates with an implementation that is not ours: the
/// Python program in `Fixtures/PythonProvider`. What it demands and answers is a table of routes, described there.
package final class PythonProvider: Sendable {
  /// What may go wrong before there is a provider.
  package struct NotStarted: Error, CustomStringConvertible {
    package let description: String
  }

  /// An interpreter that has what the program needs: the system's, else the first on the path. Tests are skipped by name
  /// without one.
  package static let interpreter: String? = ["/usr/bin/python3", Tool.path("python3")]
    .compactMap { $0 }
    .first { ChildProcess.run($0, ["-E", "-c", "import cryptography"]).status == 0 }

  package let port: Int
  private let program: Holder
  private let directory = Directory()

  /// Listens as soon as it returns.
  ///
  /// - Parameters:
  ///   - routes: the table, as JSON: a list, or an object of lists by the first part of their paths.
  ///   - demandsCertificate: whether clients have to show a certificate of the authority that tests trust.
  package init(routes: String, demandsCertificate: Bool = false) throws {
    let (authority, certificate, key) = LoopbackCertificates.withShared {
      ($0.authority, $0.certificate(.right), $0.key(.right))
    }
    let client = demandsCertificate ? #""client_authority": "\#(authority)", "# : ""
    TextFile.write(
      #"{"certificate": "\#(certificate)", "key": "\#(key)", \#(client)"routes": \#(routes)}"#,
      to: directory.file("settings.json"))
    guard let interpreter = Self.interpreter,
      let program = RunningProgram(
        interpreter, ["-B", "-E", Self.script("provider.py"), directory.file("settings.json")],
        errors: directory.file("log"))
    else { throw NotStarted(description: "there is no Python with cryptography") }
    let words = program.readLine()?.split(separator: " ") ?? []
    guard words.first == "listening", let last = words.last, let port = Int(last) else {
      throw NotStarted(description: Self.text(directory.file("log")))
    }
    self.port = port
    self.program = Holder(program)
  }

  package var url: String { "https://localhost:\(port)" }

  /// One line for each request: method, path, status, and why it was refused or `-`.
  package var log: [String] {
    Self.text(directory.file("log")).split(separator: "\n").map(String.init)
  }

  /// Where a file of the program lies.
  static func script(_ name: String) -> String {
    let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    return tests.joined(separator: "/") + "/Fixtures/PythonProvider/\(name)"
  }

  private static func text(_ path: String) -> String {
    TextFile.read(path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Classes can hold what cannot be copied, and pass it on to nobody.
  private final class Holder: @unchecked Sendable {
    private let program: RunningProgram
    init(_ program: consuming RunningProgram) { self.program = program }
  }

  private final class Directory: Sendable {
    private let directory = TemporaryDirectory()
    func file(_ name: String) -> String { directory.file(name) }
  }
}
