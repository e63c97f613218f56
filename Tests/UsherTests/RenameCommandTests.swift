import TestSupport
import Testing

/// `usher rename`
@Suite(.timeLimit(.minutes(2)))
struct RenameCommandTests {
  private let program = UsherProgram()

  init() {
    for name in ["default", "lab"] {
      let result = program.run(
        ["connect", "tally", "--name", name, "--from", "-", "--no-check"],
        input: #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#)
      #expect(result.status == 0, "\(result.errorText)")
    }
  }

  @Test(arguments: ["work", "tally/work"])
  func `a name alone or a whole one is taken, and one line says what to change`(new: String) throws
  {
    let result = program.run(["rename", "tally", new])
    #expect(result.status == 0)
    #expect(
      result.text
        == "tally/default is tally/work from now on. Scripts that name tally/default have to be changed.\n"
    )
    #expect(try program.linkedNames() == ["tally/lab", "tally/work"])
    #expect(program.run(["get", "tally/work"]).text == TestProvider.tallyKey)
    #expect(program.run(["get", "tally/default"]).status == 8)
    #expect(program.run(["history", "tally/work"]).text.contains("renamed, was tally/default"))
  }

  @Test(arguments: [
    ("acme/work", "a connection stays with the provider that its values were made at"),
    ("tally/lab", "a name is used once"), ("lab", "a name is used once"),
    ("default", "tally/default has this name already"), ("a b", "letters, digits"),
    ("tally/", "letters, digits"), ("tally/a/b", "letters, digits"),
  ])
  func `a name that cannot be had changes nothing`(new: String, why: String) throws {
    let result = program.run(["rename", "tally/default", new])
    #expect(result.status == 2)
    #expect(result.text == "")
    #expect(result.errorText.contains(why), "\(result.errorText)")
    #expect(
      result.errorText.contains("usher: hint: ") || new.contains(where: { " /".contains($0) }))
    #expect(try program.linkedNames() == ["tally/default", "tally/lab"])
  }

  @Test func `of what is not there nothing is renamed`() {
    #expect(program.run(["rename", "tally/none", "work"]).status == 8)
  }
}
