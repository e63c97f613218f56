internal import ArgumentParser

/// `usher keys`
struct Keys: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Whom the store is sealed to, and how the key of this machine is kept.",
    discussion: """
      A store is sealed to one or more public keys (recipients); each opens all of it, with the private key (identity) that
      belongs to it. This machine's own is made at the first save.

      EXAMPLES
        usher keys
        usher keys add age1… --label safe
        usher keys passphrase
        usher keys rotate
        usher keys show --json | jq -r '.recipients[].recipient'
      """,
    subcommands: [
      KeysShow.self, KeysAdd.self, KeysRemove.self, KeysRotate.self, KeysPassphrase.self,
      KeysWriteOnly.self, KeysTrust.self,
    ], defaultSubcommand: KeysShow.self)
}
