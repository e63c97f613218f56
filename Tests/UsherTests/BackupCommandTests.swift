import Basics
import Connections
import Glibc
import Store
import TestSupport
import Testing

/// `usher export` and `usher import`, from one account to another.
@Suite(.timeLimit(.minutes(2))) struct BackupCommandTests {
  /// A program whose store holds three connections, one of them linked in a browser.
  private func filled() throws -> UsherProgram {
    let program = UsherProgram()
    let entry = #"{"provider":"tally","name":"NAME","credentials":{"apiKey":"KEY"}}"#
      .replacing("KEY", with: TestProvider.tallyKey)
    let input = ["default", "work"].map { entry.replacing("NAME", with: $0) }
    let linked = program.run(
      ["connect", "--from", "-", "--no-check"], input: input.joined(separator: "\n"))
    try #require(linked.status == 0, "\(linked.errorText)")
    try StatusRecords(program: program).linked("hub", expires: 24, isRenewable: true)
    return program
  }

  /// What a shell makes of `usher … > FILE`, read by the other account from standard input.
  private func move(
    _ arguments: [String], from program: UsherProgram, to other: UsherProgram,
    adding options: [String] = []
  ) throws -> ChildProcess {
    let exported = program.run(["export"] + arguments)
    try #require(exported.status == 0, "\(exported.errorText)")
    #expect(exported.errorText == "")
    let key = other.write(
      String(decoding: TextFile.read(program.identityPath) ?? [], as: UTF8.self),
      to: "their-identity.txt")
    unsafe chmod(key, 0o400)
    if geteuid() == 0 { unsafe chown(key, UsherProgram.nobody, UsherProgram.nobody) }
    return other.run(
      ["import", "-", "--identity", key] + options, bytes: exported.output)
  }

  @Test func `everything goes to another account with one command each`() throws {
    let (program, other) = (try filled(), UsherProgram())
    let result = try move(["--all"], from: program, to: other)
    #expect(result.status == 0, "\(result.errorText)")
    let lines = result.text.split(separator: "\n")
    #expect(lines.first == "Imported 3 connections.")
    #expect(lines.last?.hasPrefix("The store \(other.storePath) was made for it.") == true)
    #expect(other.run(["get", "tally/work"]).text == TestProvider.tallyKey)
    #expect(other.run(["token", "hub"]).text == "access-EXAMPLE\n")
    #expect(other.run(["history", "tally"]).text == program.run(["history", "tally"]).text)
    let again = try move(["--all", "--armor"], from: program, to: other)
    #expect(again.status == 0)
    #expect(again.text == "Imported 0 connections; 3 were here already.\n")
    // Neither account's identity is the other's.
    #expect(TextFile.read(program.identityPath) != TextFile.read(other.identityPath))
  }

  @Test func `another one of a name is left out and named, or replaced and kept`() throws {
    let (program, other) = (try filled(), UsherProgram())
    let another = "tly-1bZ9bY8cX7dW6eV5fU4gT3hS2EXAMPLE"
    let linked = other.run(
      ["connect", "tally", "--from", "-", "--no-check"],
      input: #"{"credentials":{"apiKey":"\#(another)"}}"#)
    try #require(linked.status == 0, "\(linked.errorText)")
    let first = try move(["--all"], from: program, to: other)
    #expect(first.status == 1)
    #expect(first.text == "Imported 2 connections; 1 left out.\n")
    #expect(first.errorText.contains("usher: warning: tally/default is left out"))
    #expect(other.run(["get", "tally"]).text == another)
    let plan = try move(["--all"], from: program, to: other, adding: ["--replace", "--dry-run"])
    #expect(plan.text.contains("replace       tally/default\n"), "\(plan.text)")
    #expect(other.run(["get", "tally"]).text == another)
    let second = try move(["--all"], from: program, to: other, adding: ["--replace", "--json"])
    #expect(second.status == 0, "\(second.errorText)")
    let report = try Value(json: second.text)
    #expect(report["replaced"]?.list?.first?["name"]?.text == "tally/default")
    #expect(report["already_here"]?.list?.count == 2)
    #expect(other.run(["get", "tally"]).text == TestProvider.tallyKey)
    #expect(other.run(["replace", "tally", "--undo"]).status == 0)
    #expect(other.run(["get", "tally"]).text == another)
  }

  @Test func `one connection is moved like many`() throws {
    let (program, other) = (try filled(), UsherProgram())
    let result = try move(["tally/work", "--armor"], from: program, to: other)
    #expect(result.text.hasPrefix("Imported 1 connection.\n"), "\(result.errorText)")
    #expect(other.run(["list", "--json"]).text.contains("work"))
  }

  @Test func `a backup that is cut off is told, and brings nothing that is not in it`() throws {
    let (program, other) = (try filled(), UsherProgram())
    let backup = program.run(["export", "--all"]).output
    let result = program.run(["import", "-"], bytes: Array(backup.dropLast(20)))
    #expect(result.status == 1)
    #expect(result.errorText.contains("nothing was imported"), "\(result.errorText)")
    let foreign = other.run(["import", "-"], bytes: backup)
    #expect(foreign.status == 7)
    #expect(foreign.errorText.contains("--identity FILE"), "\(foreign.errorText)")
    #expect(!foreign.errorText.contains(TestProvider.tallyKey))
    #expect(TextFile.read(other.storePath) == nil)
  }

  @Test func `recipients that are named open it, and what is none is not repeated`() throws {
    let (program, other) = (try filled(), UsherProgram())
    _ = try move(["tally"], from: program, to: other)
    let keys = try Value(json: other.run(["keys", "--json"]).text)
    let recipient = try #require(keys["recipients"]?.list?.first?["recipient"]?.text)
    let backup = program.run(["export", "--all", "--to", recipient])
    #expect(other.run(["import", "-"], bytes: backup.output).status == 0)
    #expect(program.run(["import", "-"], bytes: backup.output).status == 1)
    let secret = "AGE-SECRET-KEY-1EXAMPLE"
    let refused = program.run(["export", "--all", "--to", secret])
    #expect(refused.status == 2)
    #expect(!refused.errorText.contains(secret))
    #expect(refused.output.isEmpty)
  }

  @Test func `what makes no sense is refused before anything is written`() throws {
    let program = try filled()
    for arguments in [["export"], ["export", "tally", "--all"], ["import"]] {
      #expect(program.run(arguments).status == 2, "\(arguments)")
    }
    let missing = program.run(["import", program.home.file("nothing.age")])
    #expect(missing.status == 1)
    #expect(missing.errorText.contains("it does not exist"))
    #expect(program.run(["import", program.home.path]).status == 1)
    let text = program.run(["import", "-"], input: "hello")
    #expect(text.errorText.contains("this is no backup"), "\(text.errorText)")
    let terminal = try #require(program.start(["export", "--all"]))
    #expect(terminal.waitForEnd() == 2)
    #expect(terminal.screen.text.contains("--armor"), "\(terminal.screen.text)")
  }
}
