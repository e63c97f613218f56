import Basics
import FoundationEssentials
import LoopbackSupport
import TestSupport
import Testing

/// `usher connect --from` without a provider: many connections out of one file.
@Suite(.timeLimit(.minutes(2)))
struct BulkConnectTests {
  private func entry(_ name: String, key: String = TestProvider.tallyKey) -> String {
    #"{"provider":"tally","name":"\#(name)","credentials":{"apiKey":"\#(key)"}}"#
  }

  @Test(arguments: ["array", "lines"])
  func `an array or an object on each line is stored whole`(form: String) throws {
    let program = UsherProgram()
    let entries =
      (1...3).map { entry("n\($0)") } + [
        #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}, "provider": "tally"}"#
      ]
    let input =
      form == "array"
      ? "[\n  " + entries.joined(separator: ",\n  ") + "\n]\n"
      : "\n" + entries.joined(separator: "\n\n") + "\n"
    let result = program.run(["connect", "--from", "-", "--no-check"], input: input)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text == "Linked 4 connections.\n")
    #expect(try program.linkedNames() == ["tally/default", "tally/n1", "tally/n2", "tally/n3"])
    #expect(program.run(["get", "tally/n2"]).text == TestProvider.tallyKey)
  }

  @Test func `what is wrong with one is told with its place, and the rest is stored`() throws {
    let program = UsherProgram()
    let input = [
      entry("one"), entry("two", key: ""), #"{"provider":"nothing-like-it"}"#, "not json",
      entry("one"), #"{"credentials":{}}"#, entry("a b"), entry("last"),
    ].joined(separator: "\n")
    let result = program.run(["connect", "--from", "-", "--no-check"], input: input)
    #expect(result.status == 1)
    #expect(result.text == "Linked 2 connections; 6 failed.\n")
    let errors = result.errorText.split(separator: "\n").filter { $0.contains("error: ") }
    #expect(errors.count == 6, "\(result.errorText)")
    for (error, front) in zip(
      errors,
      [
        "line 2, tally/two: the values cannot be used", "line 3, nothing-like-it/default: no ",
        "line 4: ", "line 5, tally/one: tally/one is linked already", "line 6: ",
        "line 7: tally/a b cannot be a connection's name",
      ])
    { #expect(error.hasPrefix("usher: error: \(front)"), "\(error)") }
    #expect(!result.errorText.contains(TestProvider.tallyKey))
    #expect(try program.linkedNames() == ["tally/last", "tally/one"])
  }

  @Test func `failures of one kind have its exit code, and JSON has each`() throws {
    let program = UsherProgram()
    let connect = ["connect", "--from", "-", "--no-check", "--json"]
    #expect(program.run(connect, input: "[\(entry("one"))]").status == 0)
    let again = program.run(connect, input: "[\(entry("one")), \(entry("two"))]")
    #expect(again.status == 2)
    #expect(again.errorText == "")
    let report = try Value(json: again.text)
    #expect(report["stored"]?.list?.compactMap(\.text) == ["tally/two"])
    let failure = try #require(report["failures"]?.list?.first)
    #expect(failure["place"]?.text == "connection 1")
    #expect(failure["name"]?.text == "tally/one")
    let replaced = program.run(connect + ["--replace"], input: "[\(entry("one"))]")
    #expect(replaced.status == 0)
  }

  @Test(arguments: [
    ("[", "its end is missing"), ("[1]", "there is no object where one has to be"),
    (#"[{"provider":"tally"} {"#, "a comma is missing"),
    ("[] x", "something stands behind its end"),
  ])
  func `a file that is cut off or malformed is read up to there`(input: String, why: String) {
    let program = UsherProgram()
    let result = program.run(["connect", "--from", "-", "--no-check"], input: input)
    #expect(result.status == 1)
    #expect(result.errorText.contains(why), "\(result.errorText)")
  }

  @Test func `more than fits into memory at once is read piece by piece`() throws {
    let program = UsherProgram()
    let padding = String(repeating: " ", count: 3000)
    let input = (0..<600).map { entry("n\($0)") + padding }.joined(separator: "\n")
    let result = program.run(["connect", "--from", "-", "--no-check"], input: input)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(try program.linkedNames().count == 600)
  }

  @Test func `options of one provider do not go with many`() {
    let program = UsherProgram()
    for options in [["--name", "x"], ["--key", "apiKey"], ["--set", "apiKey=x"]] {
      let result = program.run(["connect", "--from", "-"] + options, input: "[]")
      #expect(result.status == 2, "\(options)")
    }
  }

  @Test(.enabled(if: LoopbackCertificates.tool != nil))
  func `each is checked as one alone would be`() async throws {
    let program = UsherProgram()
    let provider = try await TestProvider(for: program, status: 401)
    let result = program.run(
      ["connect", "--from", "-"] + provider.options, input: "[\(entry("one")), \(entry("two"))]")
    #expect(result.status == 5, "\(result.errorText)")
    #expect(result.errorText.contains("connection 2, tally/two: "))
    #expect(provider.server.requests.count == 2)
    #expect(try program.linkedNames().isEmpty)
  }

  @Test func `what is linked already is left as it is when that is wanted, and counted`() throws {
    let program = UsherProgram()
    let connect = ["connect", "--from", "-", "--no-check"]
    #expect(program.run(connect, input: entry("one")).status == 0)
    let input = "\(entry("one"))\n\(entry("two"))\n\(entry("two"))"
    let again = program.run(connect + ["--skip-linked"], input: input)
    #expect(again.status == 0, "\(again.errorText)")
    #expect(again.text == "Linked 1 connection; 2 were linked already.\n")
    let json = program.run(connect + ["--skip-linked", "--json"], input: input)
    #expect(try Value(json: json.text)["skipped"]?.list?.count == 3)
    #expect(try program.linkedNames() == ["tally/one", "tally/two"])
    #expect(program.run(connect + ["--skip-linked", "--replace"], input: "[]").status == 2)
  }

  @Test func `Ctrl-C ends it while it waits for input, and what is done stays`() throws {
    let program = UsherProgram()
    let terminal = try #require(program.start(["connect", "--from", "-", "--no-check"]))
    terminal.type("\(entry("one"))\r\r")
    #expect(terminal.wait(for: "1 done"))
    terminal.type("\u{3}")
    #expect(terminal.waitForEnd() == 130)
    #expect(terminal.screen.text.contains("--skip-linked"), "\(terminal.screen.text)")
    #expect(try program.linkedNames() == ["tally/one"])
  }
}
