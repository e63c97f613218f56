package import Basics
package import Connections

/// Where the bytes of a backup come from: the next ones, as many as there are, and none at its end. What it throws is told as
/// `BackupError.source`.
package typealias BackupSource = () throws(SystemError) -> [UInt8]

/// Why a backup, or an exported record, cannot be read, or not be read on. Holds nothing of what is in it.
package enum BackupError: Explained, Equatable {
  /// It cannot be had from where it is.
  case source(SystemError)
  /// It is no age file.
  case noFile(why: String)
  /// It opens with a passphrase, and with no identity.
  case wantsPassphrase
  /// It is sealed for others.
  case otherIdentity
  /// It was opened, and is not, or not any more, what an export has written. The end of a sentence.
  case damaged(String)
  /// The identity that was to open it cannot be had.
  case store(StoreError)

  package var explanation: Explanation {
    switch self {
    case .source(let error):
      Explanation(
        what: "the backup cannot be read", why: error.reason,
        advice: "give a file that you may read, or - for standard input")
    case .noFile(let why):
      Explanation(
        what: "this is no backup and no exported record", why: why,
        advice: "usher export --all and usher export NAME write what can be imported")
    case .wantsPassphrase:
      Explanation(
        what: "the backup was not opened",
        why: "it is sealed with a passphrase, not for an identity",
        advice: "age -d FILE | age -r RECIPIENT | usher import - takes it over; usher keys shows "
          + "your RECIPIENT")
    case .otherIdentity:
      Explanation(
        what: "the backup was not opened", why: "it is sealed for others than this identity",
        advice: "name the identity that belongs to it with --identity FILE")
    case .damaged(let why):
      Explanation(
        what: "the backup cannot be read on", why: why,
        advice: "import another copy of it; what is stored already is left as it is then")
    case .store(let error): error.explanation
    }
  }

  init(_ error: AgeReadingError) {
    self =
      switch error {
      case .source(let error): .source(error)
      case .wantsPassphrase: .wantsPassphrase
      case .age(.noMatch): .otherIdentity
      case .age(.header(let reason)), .age(.armor(let reason)): .noFile(why: reason)
      case .age(let error): .damaged(error.reason)
      }
  }
}
