internal import ArgumentParser
internal import Basics
internal import Connections
internal import Secrets
internal import Store

/// `usher keys rotate`
struct KeysRotate: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate",
    abstract: "A new key for this machine; everything is sealed anew to it.",
    discussion: """
      For when the identity may have been copied. The old one opens nothing any more that is stored from then on; what it has
      opened ends at the providers alone, and is named. An identity that is wrapped stays so: the passphrase of the new one is
      asked for. With --passphrase-fd the first line opens the old one, and the next wraps the new one.

      EXAMPLES
        usher keys rotate
        usher keys rotate --yes
        printf '%s\\n%s\\n' "$OLD" "$NEW" | usher keys rotate --yes --passphrase-fd 0
      """)

  @OptionGroup var confirmation: ConfirmationOptions
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let handle = try store.handle()
    let isWrapped = try handle.session().keys().protection == .passphrase
    try handle.session().unlockByAsking()
    let isAgreed = try confirmation.agree(
      to: """
        This machine gets a new key, in \(try store.location().identity.text). Everything in \(try store.location().path) is \
        sealed anew, and the old key opens it no more. Copies of the store from before stay open to the old key.
        """,
      "Make a new key?", deed: "this machine may get a new key")
    guard isAgreed else { return .left }
    let passphrase: SecretBuffer? = isWrapped ? try store.passphrases.new() : nil
    let change = try handle.session().rotateIdentity(wrappingWith: passphrase)
    Console.paragraph("This machine has a new key. \(KeyChangeReport.sealed(change))")
    if change.keepsOldKey {
      Console.paragraph(
        "The old key stays beside it: another store of this machine is sealed to it.")
    }
    KeyChangeReport.tellSeen(change, by: "Whoever has the old key")
    return .done
  }
}
