import LoopbackSupport
import TestSupport
import Testing

/// The same wizard line by line, for screen readers, serial consoles and terminals that can do nothing else.
@Suite(.enabled(if: LoopbackCertificates.tool != nil), .timeLimit(.minutes(2)))
struct PlainModeTests {
  @Test(arguments: [["--plain"], []])
  func `an account is linked line by line, when asked for and on a dumb terminal`(
    flags: [String]
  ) async throws {
    let program = UsherProgram()
    let provider = try await TestProvider(for: program)
    let terminal = try #require(
      program.start(
        ["connect", "tally"] + flags + provider.options, rows: 200,
        adding: flags.isEmpty ? ["TERM": "dumb"] : [:]))

    #expect(terminal.goOnWithoutSecondKey())
    #expect(terminal.wait(for: "Link Tally"))
    #expect(terminal.wait(for: "API key, hidden. Paste it and press Enter:"))
    terminal.type("\(TestProvider.tallyKey)\r")
    #expect(terminal.wait(for: "36 characters"))
    #expect(terminal.waitForEnd() == 0)
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(output.contains("Tally is linked"))
    #expect(!output.contains("0aZ9bY8cX7"))
    #expect(!output.contains("\u{1B}[?1049h"))
    #expect(terminal.damage == [])
    #expect(program.run(["get", "tally"]).text == TestProvider.tallyKey)
  }
}
