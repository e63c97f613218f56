import FoundationEssentials
import TestSupport
import Testing

/// pyrage, which speaks age by the code of `rage`: another one than that of `age`.
struct AgePeer {
  /// A Python that has it; tests are skipped by name without one.
  static let interpreter = TestPython.interpreter(with: ["pyrage"])

  /// What it is to do, as `Fixtures/AgePeer/peer.py` says.
  struct Job: Encodable {
    var action: String
    var input: String
    var output: String
    var recipients: [String]?
    var armored: Bool?
    var identity: String?
    var passphrase: String?
  }

  /// Does all of them, or fails with what it says.
  static func run(_ jobs: [Job], in directory: borrowing TemporaryDirectory) throws {
    let list = directory.file("jobs.json")
    TestFile.write(Array(try JSONEncoder().encode(jobs)), to: list)
    let python = try #require(interpreter)
    let result = ChildProcess.run(
      python, ["-B", "-E", TestPython.fixture("AgePeer/peer.py"), list])
    try #require(result.status == 0, "\(result.errorText)")
  }
}
