import Basics
import Glibc
import Requests
import TestSupport
import Testing

/// An identity that a command prints: it asks on the terminal, and what it prints goes nowhere but into the program.
@Suite(.enabled(if: Tool.path("age") != nil, "needs age"), .timeLimit(.minutes(2)))
struct IdentityCommandTests {
  private let program = UsherProgram()

  init() throws { try StatusRecords(program: program).key("fine", .accepted) }

  /// A command that prints the identity and counts how often it was run.
  private var counting: String {
    program.write(
      "#!/bin/sh\necho run >> '\(program.home.file("count"))'\ncat '\(program.identityPath)'\n",
      to: "print-identity")
  }

  private var count: Int {
    String(decoding: TextFile.read(program.home.file("count")) ?? [], as: UTF8.self)
      .split(separator: "\n").count
  }

  /// Puts the identity away, wrapped with a passphrase by `age` itself.
  private func wrapIdentity(_ passphrase: String) throws -> String {
    let wrapped = program.home.file("identity.age")
    let tool = try #require(Tool.path("age"))
    let age = try #require(PseudoTerminal(tool, ["-p", "-o", wrapped, program.identityPath]))
    #expect(age.wait(for: "Enter passphrase"))
    age.type("\(passphrase)\r")
    #expect(age.wait(for: "Confirm passphrase"))
    age.type("\(passphrase)\r")
    #expect(age.waitForEnd() == 0)
    unsafe chmod(wrapped, 0o644)
    unsafe unlink(program.identityPath)
    return wrapped
  }

  @Test func `age asks for the passphrase on the terminal, and the value comes out`() throws {
    let wrapped = try wrapIdentity("walrus")
    program.configure("identity_command: [age, -d, \(wrapped)]\n")
    let terminal = try #require(program.start(["get", "depot", "--reveal"]))
    #expect(terminal.wait(for: "Enter passphrase"))
    terminal.type("walrus\r")
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.screen.text.contains("key-EXAMPLE"))
    #expect(terminal.damage == [])

    let wrong = try #require(program.start(["get", "depot", "--reveal"]))
    #expect(wrong.wait(for: "Enter passphrase"))
    wrong.type("seal\r")
    #expect(wrong.waitForEnd() == 7)
    #expect(wrong.screen.text.contains("the identity command age failed"))
    #expect(!wrong.screen.text.contains("key-EXAMPLE"))
  }

  @Test func `the wizard has it asked once, before there is a screen`() throws {
    let wrapped = try wrapIdentity("walrus")
    program.configure("identity_command: [age, -d, \(wrapped)]\n")
    let terminal = try #require(program.start(["connect", "tally", "--no-check"]))
    #expect(terminal.wait(for: "Enter passphrase"))
    terminal.type("walrus\r")
    #expect(terminal.wait(for: "Link Tally"))
    #expect(!terminal.screen.text.contains("Enter passphrase"))
    terminal.type(TestProvider.tallyKey)
    #expect(terminal.wait(for: "36 characters"))
    #expect(terminal.pressEnter(until: "Stored, not checked"))
    #expect(terminal.waitForEnd() == 0)
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(output.ranges(of: "Enter passphrase").count == 1)
    #expect(terminal.damage == [])
  }

  @Test func `Ctrl-C leaves both, and the terminal as it was`() throws {
    let wrapped = try wrapIdentity("walrus")
    let terminal = try #require(
      program.start(["get", "depot", "--reveal", "--identity-command", "age -d \(wrapped)"]))
    #expect(terminal.wait(for: "Enter passphrase"))
    terminal.type("\u{3}")
    #expect(terminal.waitForEnd() == 130)
    #expect(terminal.damage == [])
    #expect(terminal.children.isEmpty)
  }

  @Test(arguments: [["get", "depot", "--reveal"], ["connect", "tally", "--no-check"]])
  func `Ctrl-C leaves a command that does not mind it, and the terminal as it was`(
    _ words: [String]
  ) throws {
    program.configure(
      "identity_command: [sh, -c, 'trap \"\" INT; stty -echo; echo Waiting >&2; exec sleep 600']\n")
    let terminal = try #require(program.start(words))
    #expect(terminal.wait(for: "Waiting"))
    let running = PseudoTerminal.descendants(of: terminal.process)
    terminal.type("\u{3}")
    #expect(terminal.waitForEnd() == 130)
    #expect(terminal.damage == [])
    for process in running { kill(process, SIGKILL) }
  }

  @Test func `what a command leaves behind in the background is not waited for`() {
    let script = program.write(
      "sleep 600 2>/dev/null &\necho $! > '\(program.home.path)/left'\ncat '\(program.identityPath)'\n",
      to: "leaves-something")
    let result = program.run(["get", "depot"], adding: ["USHER_IDENTITY_COMMAND": "sh \(script)"])
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.text == "key-EXAMPLE")
    let left = String(decoding: TextFile.read(program.home.file("left")) ?? [], as: UTF8.self)
    let process = Int32(left.split(separator: "\n").first ?? "") ?? 0
    #expect(process > 1)
    if process > 1 { #expect(kill(process, SIGKILL) == 0) }
  }

  @Test func `it is run once, however much is asked, and not at all for what needs no identity`() {
    let command = ["--identity-command", "sh \(counting)"]
    #expect(program.run(["show", "depot"] + command).status == 0)
    #expect(count == 1)
    #expect(
      program.run(["doctor"] + command).text.contains(
        "command sh, printed by a command for this run"))
    #expect(count == 2)
    #expect(program.run(["get", "nothing"] + command).status == 8)
    #expect(program.run(["config"], adding: ["USHER_IDENTITY_COMMAND": command[1]]).status == 0)
    let completed = program.run(
      ["---completion", "get", "--", "positional@0", "2", "0", "usher", "get", ""],
      adding: ["USHER_IDENTITY_COMMAND": command[1]])
    #expect(completed.text.contains("depot"))
    #expect(count == 2)
    let keys = program.run(["keys"], adding: ["USHER_IDENTITY_COMMAND": command[1]])
    #expect(keys.text.contains("command sh") && keys.text.contains("printed by a command"))
  }

  @Test func `a command that fails is told by its name and code, and nothing that it printed`() {
    program.configure("identity_command: [sh, -c, 'echo canary-EXAMPLE; exit 3']\n")
    let result = program.run(["get", "depot"])
    #expect(result.status == 7)
    #expect(result.errorText.contains("the identity command sh failed: it ended with exit code 3"))
    #expect(!(result.text + result.errorText).contains("canary"))

    // It would ask again, were it run again.
    program.configure(
      "identity_command: [sh, -c, 'echo x >> \(program.home.file("count")); exit 1']\n")
    #expect(program.run(["list"]).errorText.contains("exit code 1"))
    #expect(count == 1)
  }

  @Test(arguments: [
    ("[sh, -c, 'echo nonsense-EXAMPLE']", "line 1 is no key"), ("['true']", "it holds no key"),
    ("[sh, -c, 'cat /dev/zero']", "longer than any identity file"),
    ("/no/such/program", "cannot run the identity command /no/such/program: it does not exist"),
    ("pass show usher", "give its words one by one"),
    ("[sh, -c, 'kill -9 $$']", "signal 9 ended it"),
  ])
  func `what is no identity is told for what it is`(_ command: String, _ words: String) {
    program.configure("identity_command: \(command)\n")
    let result = program.run(["get", "depot"])
    #expect(result.status == 7)
    #expect(result.errorText.contains(words), "\(result.errorText)")
    #expect(!result.errorText.contains("nonsense"))
  }

  @Test func `what comes by standard input is not the command's to read`() {
    program.configure(
      "identity_command: [sh, -c, 'cat > /dev/null; cat \"\(program.identityPath)\"']\n")
    let result = program.run(
      ["connect", "tally", "--from", "-", "--no-check"],
      input: #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(program.run(["get", "tally"]).text == TestProvider.tallyKey)
  }

  @Test func `two ways to the identity are one too many`() {
    let result = program.run(["list", "--identity-command", "true", "--identity", "x"])
    #expect(result.status == 2)
    #expect(result.errorText.contains("give one"), "\(result.errorText)")
  }
}
