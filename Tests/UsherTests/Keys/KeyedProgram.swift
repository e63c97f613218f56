import Glibc
import Requests
import TestSupport
import Testing

/// The program with one connection, `depot/fine`, and keys beside its own that `age` has made.
struct KeyedProgram {
  let program = UsherProgram()

  init() throws { try StatusRecords(program: program).key("fine", .accepted) }

  /// What `get depot` prints.
  static let value = "key-EXAMPLE"

  /// Runs it where there is no terminal to ask on.
  func runAlone(_ arguments: [String], input: String = "") -> ChildProcess {
    ChildProcess.run(
      "/usr/bin/setsid", ["--wait"] + UsherProgram.command(arguments),
      environment: program.environment, input: Array(input.utf8))
  }

  /// An identity that is kept elsewhere: its file, and its public key.
  func makeIdentity(_ name: String) throws -> (file: String, recipient: String) {
    let file = program.home.file(name)
    let tool = try #require(Tool.path("age-keygen"))
    _ = ChildProcess.run(tool, ["-o", file])
    return (file, String(ChildProcess.run(tool, ["-y", file]).text.dropLast()))
  }

  /// What `age` makes of an exported connection; nil where it does not open.
  func export(_ name: String, openedWith identity: String) throws -> String? {
    let sealed = program.home.file("exported.age")
    TextFile.write(program.run(["export", name]).output, to: sealed)
    let opened = ChildProcess.run(try #require(Tool.path("age")), ["-d", "-i", identity, sealed])
    return opened.status == 0 ? opened.text : nil
  }

  /// Wraps its identity with a passphrase.
  func wrap(_ passphrase: String = "six random words are better") {
    let wrapped = runAlone(
      ["keys", "passphrase", "--passphrase-fd", "0"], input: passphrase + "\n")
    #expect(wrapped.status == 0, "\(wrapped.errorText)")
  }

  var identityText: String {
    String(decoding: TextFile.read(program.identityPath) ?? [], as: UTF8.self)
  }
}

extension PseudoTerminal {
  /// How often a passphrase was asked for.
  var prompts: Int {
    String(decoding: output, as: UTF8.self).ranges(of: "Passphrase of").count
  }

  /// Waits for words that may stand on several lines.
  func wait(forWords words: String) -> Bool {
    wait { screen in
      screen.text.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(words)
    }
  }

  /// Waits for the first screen of an account, and passes the second key that is offered before the very first one.
  func begins(with text: String) -> Bool {
    let isThere = wait { $0.text.contains(text) || $0.text.contains("A second key?") }
    return isThere && (screen.text.contains(text) || goOnWithoutSecondKey() && wait(for: text))
  }

  /// Goes on without a second key, where a store is about to be made.
  func goOnWithoutSecondKey() -> Bool {
    guard wait(for: "A second key?") else { return false }
    type("\r")
    // Line by line the question stays on the screen until what follows has moved it away.
    return wait { !$0.text.contains("A second key?") || $0.text.contains("press Enter:\n") }
  }
}
