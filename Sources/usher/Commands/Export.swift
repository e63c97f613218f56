internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher export`
struct Export: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "The sealed record of a connection, or a backup of everything, as an age file.",
    discussion: """
      Still encrypted: it opens with the store's identity, or with those of the recipients that --to names, here or \
      anywhere age is installed. usher import takes it in again.

      With --all it is a backup: every connection with its tokens, what it was before and its history, and every \
      application. The identity is not in it; keep that elsewhere.

      EXAMPLES
        usher export tally > tally.age
        usher export tally | age -d -i ~/.config/usher/identity.txt
        usher export tally --armor --to age1…
        usher export --all > backup.age
        usher export --all --to age1… --to age1… | ssh vault 'cat > usher.age'
      """)

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String?
  @Flag(help: "Everything that the store holds, in one file.") var all = false
  @Option(
    name: .customLong("to"),
    help: ArgumentHelp(
      "Seal it for this recipient in place of the store's own; may be given again.",
      valueName: "recipient"))
  var recipients: [String] = []
  @Flag(help: "Text (PEM) instead of binary.") var armor = false
  @OptionGroup var store: StoreOptions

  func validate() throws {
    if (name != nil) == all {
      throw ValidationError("Name a connection, or take everything with --all.")
    }
  }

  func perform() throws -> ExitCode {
    if Console.isOutputTerminal && !armor {
      throw CommandError.usage(
        Explanation(
          what: "an age file is binary and is not printed to a terminal",
          advice: "send it to a file, or add --armor for text"))
    }
    let readers = try readers()
    guard let name else {
      return try StoreExport(isArmored: armor, readers: readers).perform(store)
    }
    let session = try store.session()
    let meant = try session.name(meant: name)
    let file =
      if let readers { try session.export(meant, to: readers) } else { try session.export(meant) }
    Console.bytes(armor ? AgeArmor.encode(file) : file)
    return .done
  }

  /// Whom it is sealed for; nil for the store's own recipients. What was given is not repeated: it may be an identity.
  private func readers() throws(CommandError) -> [AgeRecipient]? {
    if recipients.isEmpty { return nil }
    var readers: [AgeRecipient] = []
    for (place, text) in recipients.enumerated() {
      guard let reader = AgeRecipient(text) else {
        throw .usage(
          Explanation(
            what: recipients.count == 1
              ? "what --to names is no recipient" : "what --to names at place \(place + 1) is none",
            why: "a recipient is a line that begins with age1",
            advice: "age-keygen -y FILE prints that of an identity; usher keys prints this store's")
        )
      }
      readers.append(reader)
    }
    return readers
  }
}
