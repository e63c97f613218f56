import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// `usher run`: which variable each value gets, what a command finds, and what is left when it has gone.
@Suite(.timeLimit(.minutes(2)))
struct RunTests {
  private let program = UsherProgram()
  private let folder: String

  init() {
    folder = program.home.file("guides")
    let more = """
              user: {type: string, title: User}
          connection_config:
              user: {type: string, title: Tenant}
      """
    for (slug, fields) in [("brook", ""), ("3lab", ""), ("pond", more)] {
      for directory in [folder, "\(folder)/\(slug)"] {
        unsafe mkdir(directory, 0o755)
        unsafe chmod(directory, 0o755)
      }
      let entry = """
        \(slug):
            display_name: Lab
            auth_mode: API_KEY
            credentials:
                apiKey: {type: string, title: API key}
        """
      TextFile.write(entry + "\n" + fields, to: "\(folder)/\(slug)/provider.yaml")
      unsafe chmod("\(folder)/\(slug)/provider.yaml", 0o644)
    }
  }

  private func link(_ provider: String, _ name: String, _ values: String) {
    let result = program.run(
      ["connect", provider, "--name", name, "--guides", folder, "--from", "-", "--no-check"],
      input: values)
    #expect(result.status == 0, "\(result.errorText)")
  }

  /// The variables that a command gets and that hold `EXAMPLE`.
  private func variables(_ arguments: [String]) -> [String: String] {
    let result = program.run(["run"] + arguments + ["--", "env"])
    #expect(result.status == 0, "\(result.errorText)")
    let lines = result.text.split(separator: "\n").filter { $0.contains("EXAMPLE") }
    return Dictionary(
      uniqueKeysWithValues: lines.map {
        let parts = $0.split(separator: "=", maxSplits: 1)
        return (String(parts[0]), String(parts[1]))
      })
  }

  @Test func `two values never share a variable, and the way out that is named works`() throws {
    link("brook", "one", #"{"credentials":{"apiKey":"one-EXAMPLE"}}"#)
    link("brook", "two", #"{"credentials":{"apiKey":"two-EXAMPLE"}}"#)
    let refused = program.run(["run", "brook/one", "brook/two", "--", "env"])
    #expect(refused.status == 2)
    #expect(refused.text == "")
    #expect(refused.errorText.contains("BROOK_API_KEY"))
    #expect(refused.errorText.contains("brook/one") && refused.errorText.contains("brook/two"))
    let advice = try #require(refused.errorText.split(separator: " --env ").last)
    let option = String(advice.trimmingPrefix(" ").prefix { !$0.isWhitespace })
    #expect(option == "brook/two.apiKey=BROOK_TWO_API_KEY")
    #expect(
      variables(["brook/one", "brook/two", "--env", option]) == [
        "BROOK_API_KEY": "one-EXAMPLE", "BROOK_TWO_API_KEY": "two-EXAMPLE",
      ])
    // A name for both is one for neither.
    #expect(
      program.run(["run", "brook/one", "brook/two", "--env", "apiKey=TOKEN", "--", "env"]).status
        == 2)
    #expect(
      variables([
        "brook/one", "brook/two", "--env", "apiKey=TOKEN", "--env", "brook/two.apiKey=OTHER",
      ]) == ["TOKEN": "one-EXAMPLE", "OTHER": "two-EXAMPLE"])
  }

  @Test func `two fields of one connection never share a variable either`() {
    link(
      "pond", "one",
      #"{"credentials":{"apiKey":"k-EXAMPLE","user":"u-EXAMPLE"},"params":{"user":"t-EXAMPLE"}}"#)
    let refused = program.run(["run", "pond", "--", "env"])
    #expect(refused.status == 2)
    #expect(refused.errorText.contains("--env pond/one.params.user=POND_ONE_PARAMS_USER"))
    #expect(
      variables(["pond", "--env", "pond.params.user=TENANT"]) == [
        "POND_API_KEY": "k-EXAMPLE", "POND_USER": "u-EXAMPLE", "TENANT": "t-EXAMPLE",
      ])
    #expect(program.run(["run", "pond", "--env", "user=X", "--", "env"]).status == 2)
  }

  @Test(arguments: ["apiKye=X", "nope=X", "brook/two.apiKey=X", "apiKey=1X", "apiKey=", "apiKey"])
  func `a renaming that means nothing is refused`(option: String) {
    link("brook", "one", #"{"credentials":{"apiKey":"k-EXAMPLE"}}"#)
    let result = program.run(["run", "brook", "--env", option, "--", "env"])
    #expect(result.status == 2, "\(option)")
    #expect(result.text == "")
  }

  @Test func `a connection that is named twice is meant once`() {
    link("brook", "one", #"{"credentials":{"apiKey":"k-EXAMPLE"}}"#)
    #expect(variables(["brook", "brook/one"]) == ["BROOK_API_KEY": "k-EXAMPLE"])
  }

  @Test func `every variable can be read by a shell, and show tells its name`() {
    link("3lab", "default", #"{"credentials":{"apiKey":"k-EXAMPLE"}}"#)
    #expect(variables(["3lab"]) == ["_3LAB_API_KEY": "k-EXAMPLE"])
    #expect(program.run(["show", "3lab"]).text.contains("_3LAB_API_KEY is credentials.apiKey"))
    #expect(
      program.run(["show", "3lab", "--json"]).text.contains(
        #""variables":{"credentials.apiKey":"_3LAB_API_KEY"}"#))
  }

  @Test func `a command that is missing or cannot be run has the codes that shells give it`() {
    link("brook", "one", #"{"credentials":{"apiKey":"k-EXAMPLE"}}"#)
    let missing = program.run(["run", "brook", "--", "no-such-command-of-usher"])
    #expect(missing.status == 127)
    #expect(missing.errorText.contains("no-such-command-of-usher"))
    #expect(program.run(["run", "brook", "--", "/etc/passwd"]).status == 126)
    #expect(program.run(["run", "brook", "--", "sh", "-c", "exit 9"]).status == 9)
  }

  @Test(arguments: ["exit 0", "kill -9 $$", "exec sleep 0"])
  func `files go when the command has gone, in whatever way`(end: String) throws {
    link("brook", "one", #"{"credentials":{"apiKey":"k-EXAMPLE"}}"#)
    let result = program.run([
      "run", "brook", "--file", "--", "sh", "-c",
      #"cat "$BROOK_API_KEY_FILE"; echo; echo "$BROOK_API_KEY_FILE"; env; \#(end)"#,
    ])
    let lines = result.text.split(separator: "\n").map(String.init)
    try #require(lines.count > 2, "\(result.errorText)")
    #expect(lines[0] == "k-EXAMPLE")
    #expect(!lines.dropFirst().contains { $0.contains("k-EXAMPLE") })
    let file = lines[1]
    #expect(file.hasSuffix("/BROOK_API_KEY"))
    // The watcher is told by the system, and needs a moment of its own.
    let folder = String(file.dropLast("/BROOK_API_KEY".count))
    while unsafe access(folder, F_OK) == 0 { sched_yield() }
  }

  @Test func `without a folder in memory no file is made anywhere`() {
    link("brook", "one", #"{"credentials":{"apiKey":"k-EXAMPLE"}}"#)
    // A folder that is not in memory is passed over, not trusted.
    let result = program.run(
      ["run", "brook", "--file", "--", "sh", "-c", #"echo "$BROOK_API_KEY_FILE""#],
      adding: ["XDG_RUNTIME_DIR": "/usr"])
    #expect(result.text.hasPrefix("/dev/shm/usher-run-"))
  }
}
