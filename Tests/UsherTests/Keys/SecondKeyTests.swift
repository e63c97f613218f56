import TestSupport
import Testing

/// The offer of a second key where a store is about to be made.
@Suite(
  .enabled(if: Tool.path("age") != nil && Tool.path("age-keygen") != nil, "needs age"),
  .timeLimit(.minutes(2)))
struct SecondKeyTests {
  private let program = UsherProgram()

  private func makeIdentity(
    _ name: String = "second.txt"
  ) throws -> (file: String, recipient: String) {
    let file = program.home.file(name)
    let tool = try #require(Tool.path("age-keygen"))
    _ = ChildProcess.run(tool, ["-o", file])
    let text = ChildProcess.run(tool, ["-y", file]).text
    return (file, String(text.dropLast()))
  }

  private func opens(_ identity: String) throws -> Bool {
    let sealed = program.run(["export", "tally"]).output
    return ChildProcess.run(try #require(Tool.path("age")), ["-d", "-i", identity], input: sealed)
      .text.contains(TestProvider.tallyKey)
  }

  @Test(arguments: [[], ["--plain"]])
  func `the wizard asks once, and the store opens with it`(_ mode: [String]) throws {
    let (file, recipient) = try makeIdentity()
    let terminal = try #require(
      program.start(["connect", "tally", "--no-check"] + mode, columns: 100, rows: 40))
    #expect(terminal.wait(for: "A second key?"))
    // Whoever pastes the account's own key too early has it neither shown nor used.
    terminal.type("\u{1B}[200~\(TestProvider.tallyKey)\u{1B}[201~\(mode.isEmpty ? "" : "\r")")
    #expect(terminal.wait(for: "That is not a public key"))
    terminal.type("\u{1B}[200~\(recipient)\u{1B}[201~")
    // The moment in which Enter does nothing begins where the paste is taken.
    if mode.isEmpty { #expect(terminal.wait(for: String(recipient.prefix(20)))) }
    #expect(terminal.pressEnterAfterPaste(until: "A second key opens it, too"))
    if mode.isEmpty {
      #expect(terminal.wait(for: "Link Tally"))
      terminal.type(TestProvider.tallyKey)
      #expect(terminal.wait(for: "36 characters"))
      #expect(terminal.pressEnter(until: "Stored, not checked"))
    } else {
      #expect(terminal.wait(for: "API key, hidden"))
      terminal.type("\(TestProvider.tallyKey)\r")
      #expect(terminal.wait(for: "Stored, not checked"))
    }
    #expect(terminal.waitForEnd() == 0)
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains(TestProvider.tallyKey))
    #expect(try opens(file))

    let again = try #require(program.start(["connect", "tally", "--name", "lab"] + mode))
    #expect(again.wait(for: mode.isEmpty ? "Link Tally" : "API key, hidden"))
    #expect(!String(decoding: again.output, as: UTF8.self).contains("A second key?"))
  }

  @Test func `one Enter goes on without`() throws {
    let terminal = try #require(program.start(["connect", "tally", "--no-check"]))
    #expect(terminal.goOnWithoutSecondKey())
    #expect(terminal.wait(for: "Link Tally"))
    terminal.type(TestProvider.tallyKey)
    #expect(terminal.wait(for: "36 characters"))
    #expect(terminal.pressEnter(until: "Stored, not checked"))
    #expect(terminal.waitForEnd() == 0)
    #expect(program.run(["keys"]).text.contains("usher keys add"))
  }

  @Test func `an option names it where there is no hand on the keys`() throws {
    let (file, recipient) = try makeIdentity()
    let arguments = ["connect", "tally", "--from", "-", "--no-check", "--recipient", recipient]
    let values = #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#
    let stored = program.run(arguments, input: values)
    #expect(stored.status == 0, "\(stored.errorText)")
    #expect(try opens(file))
    #expect(program.run(arguments + ["--replace"], input: values).status == 0)

    let other = try makeIdentity("other.txt").recipient
    let refused = program.run(
      ["connect", "tally", "--from", "-", "--no-check", "--replace", "--recipient", other],
      input: values)
    #expect(refused.status == 2)
    #expect(refused.errorText.contains("usher keys add \(other)"), "\(refused.errorText)")
  }
}
