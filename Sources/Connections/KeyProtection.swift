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

  /// 1 to `levels`, as the article on the threat model lists them. Nil where it is not known: an identity that is
  /// handed in is kept as well as whatever hands it in keeps it.
  package var level: Int? {
    switch self {
    case .file: 1
    case .passphrase: 2
    case .writeOnly: 3
    case .credential, .descriptor, .command: nil
    }
  }

  /// How many levels of protection there are.
  package static let levels = 3

  /// What the level means, without a period.
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
        + "taken over later. It does not protect against somebody who watches while a secret is typed, or who seals a "
        + "record of their own to the same recipients."
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
