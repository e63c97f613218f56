internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher keys add`
struct KeysAdd: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Seal the store to another key as well, which then opens all of it.",
    discussion: """
      A second key that is kept away from this machine opens the store when the machine, or its identity, is lost. Make one \
      with age-keygen elsewhere, and give its public key here. Everything is sealed anew, in one change of the store.

      EXAMPLES
        usher keys add age1… --label safe
        usher keys add "$(cat ~/.ssh/id_ed25519.pub)"
        usher keys add --file backup.pub --yes
        age-keygen -y backup.txt | usher keys add - --yes
      """)

  @Argument(
    help: "A public key, age1… or a line of an SSH key (ssh-ed25519); - reads standard input.")
  var recipient: [String] = []
  @Option(
    help: ArgumentHelp("A file with the public key.", valueName: "path"), completion: .file())
  var file: String?
  @Option(help: ArgumentHelp("What to call it; kept on this machine.", valueName: "words"))
  var label: String?
  @OptionGroup var confirmation: ConfirmationOptions
  @OptionGroup var store: StoreOptions

  func validate() throws {
    if recipient.isEmpty == (file == nil) {
      throw ValidationError("Give a public key, or the file that holds it with --file.")
    }
  }

  func perform() throws -> ExitCode {
    let recipient = try RecipientInput(words: self.recipient, file: file).recipient()
    let handle = try store.handle()
    // Whoever has no passphrase is told so before anything is asked.
    try handle.session().unlockByAsking()
    let name = KeyChangeReport.name(recipient.text, label)
    let isAgreed = try confirmation.agree(
      to: """
        \(name)

        Whoever has the private key of it can read everything in \(try store.location().path) from now on: what is there \
        and what is added. Everything is sealed anew.
        """,
      "Seal to it as well?", deed: "the store may be sealed to another key")
    guard isAgreed else { return .left }
    let change = try handle.session().addRecipient(recipient, label: label)
    Console.paragraph("Added \(name). \(KeyChangeReport.sealed(change))")
    Console.paragraph(
      "Keep its private key away from this machine, and try it once: usher export NAME | age -d -i FILE"
    )
    return .done
  }
}
