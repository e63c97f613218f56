import FoundationEssentials
import TestSupport

/// The built test program, on a terminal.
enum Fixture {
  /// Beside the test runner, which runs out of the build's own folder.
  static let path: String = {
    let runner =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return runner.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/") + "/TerminalFixture"
  }()

  static func start(
    _ arguments: [String] = [], environment: [String: String] = [:], columns: Int = 80,
    rows: Int = 24
  ) throws -> PseudoTerminal {
    guard
      let terminal = PseudoTerminal(
        path, arguments, environment: environment, columns: columns, rows: rows)
    else { throw CannotStart() }
    return terminal
  }

  struct CannotStart: Error {}

  /// What the fixture shows of everything that was typed into it (FNV-1a).
  static func sum(_ bytes: [UInt8]) -> String {
    let sum: UInt32 = bytes.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    return "sum: \(sum)"
  }
}
