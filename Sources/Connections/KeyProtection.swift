/// How the identity is kept, and what that is good for.
package enum KeyProtection: Equatable, Sendable {
  /// In the clear, in a file that only its user can read.
  case file
  /// In a file that is encrypted with a passphrase (age, scrypt).
  case passphrase
  /// No identity here.
  case writeOnly
  /// Handed in by the service manager, or by whoever sets `CREDENTIALS_DIRECTORY`.
  case credential
  /// Handed in for this run.
  case descriptor
  /// Printed by a command for this run.
  case command

  /// The same in a few words, for a line of a table.
  package var phrase: String {
    switch self {
    case .file: "a file that only this user can read"
    case .passphrase: "wrapped with a passphrase"
    case .writeOnly: "not on this machine, which stores and does not read"
    case .credential: "handed in through CREDENTIALS_DIRECTORY"
    case .descriptor: "handed in for this run"
    case .command: "printed by a command for this run"
    }
  }

  /// What that protects against and what not, in whole sentences.
  package var sentence: String {
    switch self {
    case .file:
      "The identity is a file that only this user can read. It protects a store that is copied, backed up or "
        + "published. It does not protect against programs of this user, against root, or when a copy of the disk "
        + "includes the identity."
    case .passphrase:
      "The identity is wrapped with a passphrase. It also protects a stolen disk or backup, as far as the "
        + "passphrase is hard to guess. It does not protect against somebody who watches the keyboard, or the memory "
        + "while the store is open."
    case .writeOnly:
      "This machine has no identity: it can store and not read. What is stored stays closed even when the machine is "
        + "taken over later. It does not protect against somebody who watches while a secret is typed, or who puts "
        + "other secrets in the place of those that are stored."
    case .credential:
      "The identity is handed in through CREDENTIALS_DIRECTORY. How it is kept is up to what puts it there; it does "
        + "not protect against root on the running machine."
    case .descriptor:
      "The identity is handed in for this run. How it is kept is up to what hands it in; it does not protect against "
        + "root on the running machine."
    case .command:
      "The identity is printed by a command for this run. How it is kept is up to that command; where it asks nobody, "
        + "every program of this user can run it as well. It does not protect against root on the running machine."
    }
  }
}
