package import Connections

/// How a backup gets on while it is written.
package enum BackupStep: Equatable, Sendable {
  /// The file has been begun; so much is there to be written.
  case began(BackupCount)
  /// So much is written.
  case wrote(BackupCount)
  /// Something cannot be read, and is not in the backup.
  case leftOut(StoreError)
}
