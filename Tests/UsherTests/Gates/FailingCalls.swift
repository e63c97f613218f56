import FoundationEssentials
import Glibc
import TestSupport

/// What makes one of a program's calls for files fail: `Fixtures/FailingCalls`, compiled here and put before the C library.
struct FailingCalls {
  enum Kind: String, CaseIterable, Sendable {
    /// EIO, ENOSPC, EINTR, half of what was asked, `kill -9`.
    case broken, full, interrupted, short, kill
  }

  struct Plan: CustomStringConvertible {
    /// The number of the call, from 1.
    var call: Int
    var kind: Kind
    /// Whether all that follow fail too; of what no call suffers for ever, a hundred.
    var isLasting = false

    var description: String {
      "\(kind.rawValue) at call \(call)\(isLasting ? " and for ever" : "")"
    }

    fileprivate var times: Int {
      guard isLasting else { return 1 }
      return kind == .interrupted || kind == .short ? 100 : 1_000_000
    }
  }

  /// A compiler; tests are skipped by name without one.
  static let compiler = Tool.path("cc") ?? Tool.path("clang")

  private let program: UsherProgram
  private let library: String
  private var mark: String { program.home.file("mark") }

  /// Nil where it cannot be compiled.
  init?(for program: UsherProgram) {
    let source = TestPython.fixture("FailingCalls/failing_calls.c")
    library = program.home.file("failing_calls.so")
    let made = ChildProcess.run(
      Self.compiler ?? "", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"],
      environment: program.environment)
    guard made.status == 0 else { return nil }
    unsafe chmod(library, 0o755)
    self.program = program
  }

  /// The variables that make a program suffer. Only what it keeps for itself is concerned, below the folders with a dot.
  func variables(for plan: Plan) -> [String: String] {
    unsafe unlink(mark)
    return [
      "LD_PRELOAD": library,
      "FAILING_CALLS":
        "\(plan.kind.rawValue):\(plan.call):\(plan.times):\(mark):\(program.home.path)/.",
    ]
  }

  /// Whether a call has failed since the variables were asked for.
  var hasFailed: Bool { FileManager.default.fileExists(atPath: mark) }
}
