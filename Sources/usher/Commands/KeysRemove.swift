internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher keys remove`
struct KeysRemove: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Seal the store to one key less, and name what its owner may have read.",
    discussion: """
      Everything is sealed anew, in one change of the store. What somebody has read, or copied together with their key, stays
      known to them: those values end at their providers alone, and are named.

      EXAMPLES
        usher keys remove safe
        usher keys remove age1… --yes
      """)

  @Argument(
    help: "A recipient, the beginning of one, or its label: usher keys shows them.",
    completion: .recipients)
  var recipient: [String]
  @OptionGroup var confirmation: ConfirmationOptions
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let handle = try store.handle()
    let meant = try meant(among: handle.session().keys().recipients)
    let recipient = try RecipientInput.parse(meant.text)
    try handle.session().unlockByAsking()
    let name = KeyChangeReport.name(meant.text, meant.label)
    let isAgreed = try confirmation.agree(
      to: """
        \(name)

        It opens nothing any more that \(try store.location().path) holds or gets. Everything is sealed anew. Copies of the \
        store from before stay open to it.
        """,
      "Remove it?", deed: "a key may be removed")
    guard isAgreed else { return .left }
    let change = try handle.session().removeRecipient(recipient)
    Console.paragraph("Removed \(name). \(KeyChangeReport.sealed(change))")
    KeyChangeReport.tellSeen(change, by: "Its owner")
    return .done
  }

  /// The recipient that is meant.
  private func meant(among recipients: [KeyRecipient]) throws(CommandError) -> KeyRecipient {
    let text = recipient.joined(separator: " ")
    if let exact = recipients.first(where: { $0.text == text || text.hasPrefix($0.text + " ") }) {
      return exact
    }
    let found = recipients.filter { $0.label == text || $0.text.hasPrefix(text) }
    if found.count == 1, !text.isEmpty { return found[0] }
    throw .usage(
      Explanation(
        what: found.isEmpty
          ? "the store is not sealed to \(text)" : "\(text) is more than one recipient",
        why: "nothing was changed", advice: "usher keys shows whom it is sealed to"))
  }
}
