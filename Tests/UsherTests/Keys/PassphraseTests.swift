import Requests
import TestSupport
import Testing

/// An identity that is wrapped with a passphrase: who is asked for it, how often, and what becomes of a wrong one.
@Suite(.enabled(if: Tool.path("age") != nil, "needs age"), .timeLimit(.minutes(5)))
struct PassphraseTests {
  private let keyed: KeyedProgram
  private var program: UsherProgram { keyed.program }

  init() throws { keyed = try KeyedProgram() }

  @Test func `the file that is wrapped opens with age, and is a plain one again without it`() throws
  {
    let plain = keyed.identityText
    let key = try #require(plain.split(separator: "\n").last)
    let terminal = try #require(program.start(["keys", "passphrase"]))
    #expect(terminal.wait(for: "New passphrase"))
    terminal.type("walrus-EXAMPLE\r")
    #expect(terminal.wait(for: "The same again"))
    terminal.type("walrus-EXAMPLE\r")
    #expect(terminal.waitForEnd() == 0)
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("walrus"))
    #expect(terminal.damage == [])
    #expect(!keyed.identityText.contains("AGE-SECRET-KEY"))

    let tool = try #require(Tool.path("age"))
    let age = try #require(PseudoTerminal(tool, ["-d", program.identityPath]))
    #expect(age.wait(for: "Enter passphrase"))
    age.type("walrus-EXAMPLE\r")
    #expect(age.waitForEnd() == 0)
    #expect(String(decoding: age.output, as: UTF8.self).contains(key))

    let unwrapped = keyed.runAlone(
      ["keys", "passphrase", "--none", "--yes", "--passphrase-fd", "0"], input: "walrus-EXAMPLE\n")
    #expect(unwrapped.status == 0, "\(unwrapped.errorText)")
    #expect(keyed.identityText.contains(key))
    #expect(keyed.runAlone(["get", "depot"]).text == KeyedProgram.value)
  }

  @Test func `two that differ are asked for again, and change nothing in the end`() throws {
    let plain = keyed.identityText
    let terminal = try #require(program.start(["keys", "passphrase"]))
    for attempt in 1...3 {
      #expect(terminal.wait { $0.text.ranges(of: "New passphrase").count == attempt })
      terminal.type("walrus-EXAMPLE\r")
      #expect(terminal.wait { $0.text.ranges(of: "The same again").count == attempt })
      terminal.type("seal-\(attempt)-EXAMPLE\r")
    }
    #expect(terminal.waitForEnd() == 2)
    #expect(terminal.screen.text.contains("The two differ."))
    #expect(keyed.identityText == plain)
  }

  @Test func `a wrong one may be given three times, and the right one once`() throws {
    keyed.wrap()
    let wrong = try #require(program.start(["get", "depot", "--reveal"], rows: 40))
    for attempt in 1...3 {
      #expect(wrong.wait { $0.text.ranges(of: "Passphrase of").count == attempt })
      wrong.type("seal-EXAMPLE\r")
    }
    #expect(wrong.waitForEnd() == 7)
    let output = String(decoding: wrong.output, as: UTF8.self)
    #expect(output.contains("stays locked: the passphrase is wrong"))
    #expect(!output.contains("seal-EXAMPLE") && !output.contains(KeyedProgram.value))
    #expect(wrong.damage == [])

    let right = try #require(program.start(["get", "depot", "--reveal"], rows: 40))
    #expect(right.wait(for: "Passphrase of"))
    right.type("seal-EXAMPLE\r")
    #expect(right.wait(for: "The passphrase is wrong."))
    right.type("six random words are better\r")
    #expect(right.waitForEnd() == 0)
    #expect(right.screen.text.contains(KeyedProgram.value))
    #expect(right.damage == [])
  }

  @Test func `it is asked for once a process, however much is read`() throws {
    try StatusRecords(program: program).key("other", .accepted)
    keyed.wrap()
    for arguments in [
      ["run", "depot/fine", "depot/other", "--env", "depot/other.apiKey=OTHER", "--", "true"],
      ["list"], ["status"], ["show", "depot/fine"],
    ] {
      let terminal = try #require(program.start(arguments, rows: 40))
      #expect(terminal.wait(for: "Passphrase of"))
      terminal.type("six random words are better\r")
      _ = terminal.waitForEnd()
      #expect(terminal.prompts == 1, "\(arguments)")
      #expect(terminal.damage == [])
    }
  }

  @Test func `Ctrl-C leaves the terminal as it was`() throws {
    keyed.wrap()
    let terminal = try #require(program.start(["get", "depot", "--reveal"]))
    #expect(terminal.wait(for: "Passphrase of"))
    terminal.type("six\u{3}")
    #expect(terminal.waitForEnd() == 130)
    #expect(terminal.damage == [])
  }

  @Test func `without a terminal it comes by a descriptor, or the command says how`() {
    keyed.wrap()
    let asked = keyed.runAlone(["get", "depot"])
    #expect(asked.status == 7)
    #expect(asked.errorText.contains("--passphrase-fd N"), "\(asked.errorText)")
    let given = ["get", "depot", "--passphrase-fd", "0"]
    #expect(
      keyed.runAlone(given, input: "six random words are better\n").text == KeyedProgram.value)
    let wrong = keyed.runAlone(given, input: "seal-EXAMPLE\n")
    #expect(wrong.status == 7)
    #expect(wrong.errorText.contains("stays locked: the passphrase is wrong"))
    #expect(!wrong.errorText.contains("seal"))
    #expect(keyed.runAlone(given).status == 7)
  }

  @Test func `what only stores asks nobody, and what cannot ask shows names`() throws {
    keyed.wrap()
    let stored = keyed.runAlone(
      ["connect", "tally", "--from", "-", "--no-check"],
      input: #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#)
    #expect(stored.status == 0, "\(stored.errorText)")
    let list = keyed.runAlone(["list"])
    #expect(list.status == 0)
    #expect(list.text.contains("depot/fine") && list.text.contains("tally/default"))
    #expect(list.errorText.contains("locked"), "\(list.errorText)")

    let wizard = try #require(program.start(["connect", "tally", "--name", "lab", "--no-check"]))
    #expect(wizard.wait(for: "Link Tally"))
    wizard.type(TestProvider.tallyKey)
    #expect(wizard.wait(for: "36 characters"))
    #expect(wizard.pressEnter(until: "Stored, not checked"))
    #expect(wizard.waitForEnd() == 0)
    #expect(wizard.prompts == 0)
  }

  @Test func `the wizard asks on a page of its own where it opens something later`() throws {
    let stored = program.run(
      ["connect", "tally", "--from", "-", "--no-check"],
      input: #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#)
    #expect(stored.status == 0)
    keyed.wrap()
    let terminal = try #require(program.start(["connect", "tally"]))
    #expect(terminal.wait(for: "is linked already"))
    terminal.type("\u{1B}[C")
    terminal.passQuietTime()
    terminal.type("\r")
    #expect(terminal.wait(for: "The store is locked"), "\(terminal.screen.text)")
    terminal.type("seal-EXAMPLE")
    #expect(terminal.wait(for: "12 characters"))
    terminal.watchQuietTime()
    terminal.type("\r")
    #expect(terminal.wait(forWords: "passphrase is wrong"), "\(terminal.screen.text)")
    terminal.type("six random words are better")
    #expect(terminal.wait(for: "27 characters"))
    terminal.watchQuietTime()
    terminal.type("\r")
    #expect(terminal.wait(for: "Before you start"), "\(terminal.screen.text)")
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(!output.contains("seal") && !output.contains("random words"))
    #expect(terminal.prompts == 0)
    terminal.type("\u{3}")
    _ = terminal.waitForEnd()
    #expect(terminal.damage == [])
  }

  @Test func `the wizard has it asked once, before there is a screen`() throws {
    keyed.wrap()
    let terminal = try #require(program.start(["replace", "depot"]))
    #expect(terminal.wait(for: "Passphrase of"))
    terminal.type("six random words are better\r")
    #expect(terminal.wait(for: "Replace depot/fine"), "\(terminal.screen.text)")
    #expect(terminal.wait { !$0.text.contains("Passphrase of") })
    terminal.type("\u{3}")
    #expect(terminal.waitForEnd() == 3)
    #expect(terminal.prompts == 1)
    #expect(terminal.damage == [])
  }

  @Test func `in a store that came from elsewhere it is asked for too, since only it can tell`()
    throws
  {
    keyed.wrap()
    // What the machine remembers does not come along with the store and the identity.
    for file in try program.writtenFiles() where file.name.contains("known-") {
      _ = ChildProcess.run("/usr/bin/rm", [program.home.file(file.name)])
    }
    for (arguments, shown) in [
      (["get", "depot", "--reveal"], KeyedProgram.value),
      (["replace", "depot"], "Replace depot/fine"),
      (["edit", "depot"], "Edit depot/fine"),
    ] {
      let terminal = try #require(program.start(arguments, rows: 40))
      #expect(terminal.wait(for: "Passphrase of"), "\(arguments) \(terminal.screen.text)")
      terminal.type("six random words are better\r")
      #expect(terminal.wait(for: shown), "\(arguments) \(terminal.screen.text)")
      if arguments[0] != "get" { terminal.type("\u{3}") }
      #expect(terminal.waitForEnd() == (arguments[0] == "get" ? 0 : 3))
      #expect(terminal.prompts == 1)
      #expect(terminal.damage == [])
    }
    let given = keyed.runAlone(
      ["get", "depot", "--passphrase-fd", "0"], input: "six random words are better\n")
    #expect(given.text == KeyedProgram.value, "\(given.errorText)")
    let alone = keyed.runAlone(["get", "depot"])
    #expect(alone.status == 7)
    #expect(alone.errorText.contains("--passphrase-fd N"), "\(alone.errorText)")
    let doctor = keyed.runAlone(["doctor"])
    #expect(doctor.text.contains("does not remember the store"), "\(doctor.text)")
    #expect(doctor.text.contains("usher keys trust"), "\(doctor.text)")
  }
}
