import TestSupport
import Testing

@Suite("Words that are no commands")
struct CommandWordTests {
  private let usher = UsherProgram()

  @Test(arguments: [
    ("lst", "no command usher lst", "did you mean usher list?"),
    ("stauts", "no command usher stauts", "did you mean usher status?"),
    ("expiring", "no command usher expiring", "did you mean usher status?"),
    ("init", "no command usher init", "did you mean usher setup?"),
    ("project", "no command usher project", "did you mean usher setup?"),
    ("guides init", "no command usher guides init", "did you mean usher guides new?"),
    ("conect", "no command usher conect", "did you mean usher connect?"),
    ("guides chek", "no command usher guides chek", "did you mean usher guides check?"),
    ("help nope", "no command usher nope", "the commands are connect, list"),
    ("envsubst x", "no command usher envsubst", "did you mean usher template?"),
    ("systemd x", "no command usher systemd", "did you mean usher wire?"),
    ("app show x", "no command usher app", "did you mean usher apps?"),
    ("apps shw x", "no command usher apps shw", "did you mean usher apps show?"),
    ("help guides shw", "no command usher guides shw", "did you mean usher guides show?"),
    ("--plain --store x ls", "no command usher ls", "did you mean usher list?"),
    ("tally", "no command usher tally", "usher connect tally"),
    ("qwertz --json", "no command usher qwertz", "the commands are"),
  ])
  func `are answered with the one that was meant`(_ words: String, _ what: String, _ advice: String)
  {
    let child = usher.run(words.split(separator: " ").map(String.init))
    #expect(child.status == 2)
    #expect(child.text.isEmpty)
    #expect(child.errorText.contains(what), "\(child.errorText)")
    #expect(child.errorText.contains(advice), "\(child.errorText)")
  }

  @Test(arguments: [
    "connect tally.so --from -", "connect taly --from -", "guides show https://tally.so/x",
  ])
  func `a provider is found by its domain and in spite of a slip`(_ words: String) {
    let child = usher.run(words.split(separator: " ").map(String.init), input: "{}")
    #expect(child.status == 8)
    #expect(child.errorText.contains("did you mean tally?"), "\(child.errorText)")
  }

  @Test(arguments: [
    "help", "--help", "help run", "guides check --help", "get --help", "help guides list",
  ])
  func `examples can be copied from the help`(_ words: String) {
    let child = usher.run(
      words.split(separator: " ").map(String.init), adding: ["COLUMNS": "40"])
    #expect(child.status == 0)
    let lines = child.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(of: "EXAMPLES") else { return }
    let examples = lines[(start + 1)...].prefix { !$0.isEmpty }
    #expect(!examples.isEmpty)
    // Every line begins a command: nothing is left of a broken one.
    #expect(examples.allSatisfy { $0.hasPrefix("  ") }, "\(examples)")
  }
}
