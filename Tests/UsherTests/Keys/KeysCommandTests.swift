import Glibc
import TestSupport
import Testing

/// `usher keys`: whom the store is sealed to, and what a change of that means for everybody with a key.
@Suite(
  .enabled(if: Tool.path("age") != nil && Tool.path("age-keygen") != nil, "needs age"),
  .timeLimit(.minutes(2)))
struct KeysCommandTests {
  private let keyed: KeyedProgram
  private var program: UsherProgram { keyed.program }

  init() throws { keyed = try KeyedProgram() }

  @Test func `a second key opens what is stored, and is shown by its label`() throws {
    let (file, recipient) = try keyed.makeIdentity("second.txt")
    #expect(try keyed.export("depot", openedWith: file) == nil)
    let added = program.run(["keys", "add", recipient, "--label", "safe", "--yes"])
    #expect(added.status == 0, "\(added.errorText)")
    #expect(added.text.contains("Added \(recipient) (safe)."))
    #expect(try keyed.export("depot", openedWith: file)?.contains("key-EXAMPLE") == true)
    #expect(program.run(["get", "depot"]).text == KeyedProgram.value)

    let shown = program.run(["keys"])
    #expect(shown.text.contains("\(recipient)  safe"), "\(shown.text)")
    #expect(shown.text.contains("this machine's"))
    #expect(shown.text.contains("usher keys passphrase"))
    #expect(program.run(["keys", "show", "--json"]).text.contains(#""label":"safe","own":false"#))
    #expect(program.run(["keys", "add", recipient, "--yes"]).status != 0)
  }

  @Test func `a key comes by words, by standard input and from a file`() throws {
    let (_, first) = try keyed.makeIdentity("first.txt")
    let (_, second) = try keyed.makeIdentity("second.txt")
    #expect(program.run(["keys", "add", "-", "--yes"], input: "# mine\n\(first)\n").status == 0)
    let file = program.write("\(second)\n", to: "second.pub")
    #expect(program.run(["keys", "add", "--file", file, "--yes"]).status == 0)
    let shown = program.run(["keys"]).text
    #expect(shown.contains(first) && shown.contains(second))
  }

  @Test func `what is no public key changes nothing, and a private one is not repeated`() throws {
    let (identity, _) = try keyed.makeIdentity("second.txt")
    unsafe chmod(identity, 0o644)
    let before = program.run(["keys"]).text
    for arguments in [["age1nonsense"], ["--file", identity], ["ssh-rsa", "AAAA", "me"], ["."]] {
      let result = program.run(["keys", "add"] + arguments + ["--yes"])
      #expect(result.status == 2, "\(arguments)")
      #expect(!result.errorText.contains("AGE-SECRET-KEY-1"))
    }
    #expect(program.run(["keys"]).text == before)
  }

  @Test func `a key that is removed opens nothing new, and what it has seen is named`() throws {
    let (file, recipient) = try keyed.makeIdentity("second.txt")
    #expect(program.run(["keys", "add", recipient, "--label", "old laptop", "--yes"]).status == 0)
    let removed = program.run(["keys", "remove", "old laptop", "--yes"])
    #expect(removed.status == 0, "\(removed.errorText)")
    #expect(removed.text.contains("  usher replace depot/fine"), "\(removed.text)")
    #expect(try keyed.export("depot", openedWith: file) == nil)
    #expect(program.run(["get", "depot"]).text == KeyedProgram.value)
    #expect(program.run(["keys", "remove", recipient, "--yes"]).status == 2)
  }

  @Test func `a new key takes the place of this machine's`() throws {
    let old = program.home.file("old.txt")
    TextFile.write(keyed.identityText, to: old)
    #expect(try keyed.export("depot", openedWith: old) != nil)
    let rotated = program.run(["keys", "rotate", "--yes"])
    #expect(rotated.status == 0, "\(rotated.errorText)")
    #expect(rotated.text.contains("usher replace depot/fine"))
    #expect(try keyed.export("depot", openedWith: old) == nil)
    #expect(try keyed.export("depot", openedWith: program.identityPath) != nil)
    #expect(program.run(["get", "depot"]).text == KeyedProgram.value)
  }

  @Test func `a machine without its key stores and does not read`() throws {
    #expect(program.run(["keys", "write-only", "--yes"]).status != 0)
    #expect(program.run(["get", "depot"]).text == KeyedProgram.value)
    let (file, recipient) = try keyed.makeIdentity("office.txt")
    #expect(program.run(["keys", "add", recipient, "--label", "office", "--yes"]).status == 0)
    let left = program.run(["keys", "write-only", "--yes"])
    #expect(left.status == 0, "\(left.errorText)")
    #expect(TextFile.read(program.identityPath) == nil)

    let stored = program.run(
      ["connect", "tally", "--from", "-", "--no-check"],
      input: #"{"credentials": {"apiKey": "\#(TestProvider.tallyKey)"}}"#)
    #expect(stored.status == 0, "\(stored.errorText)")
    let read = program.run(["get", "tally"])
    #expect(read.status == 7)
    #expect(read.errorText.contains("this machine can store and not read"), "\(read.errorText)")
    #expect(try keyed.export("tally", openedWith: file)?.contains(TestProvider.tallyKey) == true)
    #expect(program.run(["keys"]).text.contains("it can store and not read"))
  }

  @Test func `a change is asked about, and nobody who cannot be asked is passed over`() throws {
    let (_, recipient) = try keyed.makeIdentity("second.txt")
    let before = program.run(["keys"]).text
    for arguments in [["add", recipient], ["rotate"], ["write-only"]] {
      let result = keyed.runAlone(["keys"] + arguments)
      #expect(result.status == 4, "\(arguments)")
      #expect(result.errorText.contains("add --yes"))
    }
    let terminal = try #require(program.start(["keys", "add", recipient]))
    #expect(terminal.wait(for: "Seal to it as well? [y/N]"))
    terminal.type("\r")
    #expect(terminal.waitForEnd() == 3)
    #expect(terminal.screen.text.contains("Nothing was changed."))
    #expect(program.run(["keys"]).text == before)
  }
}
