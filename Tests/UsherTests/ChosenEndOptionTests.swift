import Basics
import LoopbackSupport
import TestSupport
import Testing

/// `--expires`: when values end, where their provider does not say it.
@Suite(.timeLimit(.minutes(2)))
struct ChosenEndOptionTests {
  private let program = UsherProgram()

  private func connect(_ end: String) -> ChildProcess {
    program.run(
      ["connect", "tally", "--from", "-", "--no-check", "--expires", end],
      input: #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#)
  }

  private func listed() throws -> Value? {
    try Value(json: program.run(["list", "--json"]).text)["connections"]?.list?.first
  }

  @Test func `it is kept, listed and warned of`() throws {
    #expect(connect("3d").status == 0)
    let end = try #require(try listed()?["expires"]?.text)
    #expect(try listed()?["chosen_end"]?.text == end)
    #expect(program.run(["list"]).text.contains(", chosen"))
    let status = program.run(["status"])
    #expect(status.status == 1)
    #expect(status.text.contains("expires in "), "\(status.text)")
  }

  @Test(
    .enabled(if: LoopbackCertificates.tool != nil, "needs openssl"),
    arguments: [("90d", "The provider's end holds, in "), ("10d", "The chosen end holds, in ")])
  func `beside an end that the provider says it is told which of the two holds`(
    _ end: String, _ words: String
  ) async throws {
    let provider = try await DatedProvider(program)
    let key = "key-0123456789-EXAMPLE"
    provider.issue(key, days: 30)
    #expect(!provider.link(key).text.contains("holds"))
    let result = provider.run(
      ["replace", "depot", "--from", "-", "--expires", end, "--ca", provider.authority],
      input: #"{"credentials": {"apiKey": "\#(key)"}}"#)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains(words), "\(result.text)")
  }

  @Test func `never is no end`() throws {
    #expect(connect("never").status == 0)
    #expect(try listed()?["expires"] == .null)
    #expect(program.run(["status"]).status == 0)
  }

  @Test(arguments: ["soon", "2001-01-01", "99y", ""])
  func `what is none stores nothing and is told without a terminal's help`(end: String) throws {
    let result = connect(end)
    #expect(result.status == 2)
    #expect(result.errorText.contains("end of validity"), "\(result.errorText)")
    #expect(try listed() == nil)
  }

  @Test func `each of many connections has its own`() throws {
    let key = #""credentials":{"apiKey":"\#(TestProvider.tallyKey)"}"#
    let input = [
      #"{"provider":"tally","name":"a","expires":"90d",\#(key)}"#,
      #"{"provider":"tally","name":"b","expires":"yesterday",\#(key)}"#,
      #"{"provider":"tally","name":"c",\#(key)}"#,
    ].joined(separator: "\n")
    let result = program.run(["connect", "--from", "-", "--no-check"], input: input)
    #expect(result.status == 1)
    #expect(result.errorText.contains("line 2: this is no end of validity"), "\(result.errorText)")
    let list = try Value(json: program.run(["list", "--json"]).text)["connections"]?.list ?? []
    #expect(list.compactMap { $0["name"]?.text } == ["tally/a", "tally/c"])
    #expect(list.first?["chosen_end"] != .null && list.last?["chosen_end"] == .null)
    let alone = program.run(["connect", "--from", "-", "--expires", "90d"], input: input)
    #expect(alone.status == 2)
  }
}
