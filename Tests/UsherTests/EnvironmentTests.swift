import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Odd surroundings get one sentence and a fixed exit code, never a trace.
@Suite(.timeLimit(.minutes(2)))
struct EnvironmentTests {
  @Test(arguments: ["HOME", "XDG_CONFIG_HOME", "PATH", "LANG", "TERM"])
  func `a missing variable does not break what needs no such thing`(name: String) {
    let program = UsherProgram()
    let result = program.run(["guides", "list"], adding: [name: "-"])
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text.contains("tally"))
  }

  @Test func `a home that cannot be written fails with a hint and exit code 7`() {
    let program = UsherProgram()
    let values = #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#
    let result = program.run(
      ["connect", "tally", "--from", "-", "--no-check"], input: values,
      adding: ["HOME": "/proc/nowhere"])
    #expect(result.status == 7)
    #expect(result.errorText.contains("usher: error:"))
    #expect(!result.errorText.contains("0aZ9bY8cX7"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions are printed for every shell`(shell: String) {
    let program = UsherProgram()
    let result = program.run(["completions", shell])
    #expect(result.status == 0)
    #expect(result.text.contains("connect"))
  }

  @Test func `the doctor says what it looked at`() {
    let program = UsherProgram()
    let result = program.run(["doctor", "--json"])
    #expect(result.text.contains("memory lock"))
    #expect(result.text.contains("certificates"))
    #expect(result.text.contains("clock"))
  }

  @Test func `help teaches by example`() {
    let program = UsherProgram()
    for command in [
      "connect", "setup", "get", "token", "request", "run", "git-credential", "check", "remove",
      "export",
      "doctor",
    ] {
      let result = program.run([command, "--help"])
      #expect(result.status == 0)
      #expect(result.text.contains("usher \(command)"))
      #expect(result.text.contains("EXAMPLES"))
    }
  }
}
