import Basics
import TerminalUI
import TestSupport
import Testing

private let python = TestPython.interpreter(with: ["pyte"])

/// Hostile text on a terminal that is not ours.
@Suite(.enabled(if: python != nil, "needs pyte: .ci/setup --tests"), .timeLimit(.minutes(5)))
struct IndependentScreenTests {
  @Test
  func `cleaned text does nothing to a terminal but take the columns that it is said to take`()
    throws
  {
    let count = 5000
    var random = SeededRandom(seed: 15)
    let texts = (0..<count).map { _ in Sanitizer.clean(HostileText.make(using: &random)) }
    let lines = texts.map { text in
      Value.list([.string(text), .int(Width.of(text))]).json + "\n"
    }
    let result = try ask(lines.joined())
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text == "\(count)\n", "\(result.text.prefix(2000))")
    Gate.report("strings", "\(count) hostile strings on pyte's screen: text and nothing else")
  }

  @Test func `what is not cleaned does more`() throws {
    let texts = ["\u{1B}[2J", "\u{1B}]0;title\u{7}", "a\u{8}", "a\r\nb", "\u{1B}[5n"]
    let lines = texts.map { Value.list([.string($0), .int(80)]).json + "\n" }
    let result = try ask(lines.joined())
    #expect(result.text.split(separator: "\n").count == texts.count + 1, "\(result.text)")
  }

  private func ask(_ lines: String) throws -> ChildProcess {
    ChildProcess.run(
      try #require(python), ["-B", "-E", TestPython.fixture("Pyte/screen.py")],
      environment: ["PYTHONIOENCODING": "utf-8"],
      input: Array(lines.utf8))
  }
}
