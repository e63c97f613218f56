import Glibc
import TestSupport
import Testing

/// Output that cannot be written is never taken for output that was.
@Suite(.timeLimit(.minutes(2)))
struct OutputTests {
  private let program = UsherProgram()

  init() {
    let values = #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#
    let result = program.run(["connect", "tally", "--from", "-", "--no-check"], input: values)
    #expect(result.status == 0, "\(result.errorText)")
  }

  /// Runs the program by a shell that does something to its output.
  private func run(_ arguments: String, _ rest: String, before: String = "") -> ChildProcess {
    let command = UsherProgram.command([]).joined(separator: " ")
    return ChildProcess.run(
      "/bin/bash", ["-c", "\(before)\(command) \(arguments) \(rest)"],
      environment: program.environment)
  }

  private static let commands = [
    "list", "list --json", "status", "status --json", "show tally", "history tally", "get tally",
    "get tally --json",
    "keys", "doctor",
    "token tally --header", "request tally /users/me --dry-run",
    "export tally", "export tally --armor", "check tally --dry-run", "completions bash",
    "guides list", "guides show tally", "--help", "--version", "help get",
  ]

  @Test(arguments: commands)
  func `a full disk is told`(command: String) {
    let result = run(command, ">/dev/full")
    #expect(result.status == 1)
    #expect(
      result.errorText.contains("standard output could not be written: the disk is full"),
      "\(result.errorText)")
  }

  @Test(arguments: commands)
  func `output that is closed is told`(command: String) {
    let result = run(command, ">&-")
    #expect(result.status == 1)
    #expect(result.errorText.contains("standard output could not be written"))
  }

  @Test(arguments: ["list", "get tally", "completions bash", "guides list"])
  func `a reader that went away ends it without a word`(command: String) {
    // The reader has ended before the program begins.
    let result = run(command, ">&4; echo $?", before: "exec 4> >(:); wait $!; ")
    #expect(result.text == "141\n")
    #expect(result.errorText == "")
  }

  @Test func `what goes wrong is never a name of ours`() {
    let folder = program.run(["connect", "tally", "--name", "x", "--from", program.home.path])
    #expect(folder.status == 1)
    #expect(folder.errorText.contains("it is a directory"))
    #expect(!folder.errorText.contains("SystemError"))
  }
}
