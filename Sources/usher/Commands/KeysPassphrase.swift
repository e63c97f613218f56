internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher keys passphrase`
struct KeysPassphrase: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "passphrase",
    abstract: "Wrap the identity with a passphrase, change it, or take it off.",
    discussion: """
      Whatever reads then asks for it on the terminal, once; what only stores does not ask. It is kept nowhere: forgotten, it
      cannot be had again, so a second key that is kept elsewhere is worth having first (usher keys add). The file opens
      with age -d, too.

      --passphrase-fd reads it from a descriptor, a line each: the one that is, where there is one, then the new one. Arguments
      and the environment can be read by others, so it is never taken from there.

      EXAMPLES
        usher keys passphrase
        usher keys passphrase --none
        pass show usher | usher keys passphrase --passphrase-fd 0
      """)

  @Flag(help: "Take the passphrase off: the identity is a plain file again.") var none = false
  @OptionGroup var confirmation: ConfirmationOptions
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let handle = try store.handle()
    try handle.session().unlockByAsking()
    let path = try store.location().identity.text
    if none { return try unwrap(path, handle) }
    let passphrase = try store.passphrases.new()
    try handle.session().wrapIdentity(with: passphrase)
    Console.paragraph(
      "\(path) is wrapped with the passphrase, which is asked for when something is read.")
    Console.paragraph(
      "Where it lay in the clear before, the disk may keep a trace of it for a while; usher keys rotate makes that one useless."
    )
    return .done
  }

  private func unwrap(_ path: String, _ handle: StoreHandle) throws -> ExitCode {
    let isAgreed = try confirmation.agree(
      to: "\(path) becomes a plain file, which every program of this user can read.",
      "Take the passphrase off?", deed: "the passphrase may be taken off")
    guard isAgreed else { return .left }
    try handle.session().unwrapIdentity()
    Console.paragraph("\(path) is a plain file again.")
    return .done
  }
}
