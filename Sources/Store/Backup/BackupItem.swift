package import Connections

/// One thing out of a backup, or on the way into one. Wiped with its owner.
package enum BackupItem: ~Copyable {
  case application(Application)
  case connection(BackupConnection)
}

/// A connection with what a store keeps of it besides.
package struct BackupConnection: ~Copyable {
  /// The record, which names the store that it comes from.
  package var record: ConnectionRecord
  /// The tokens that were got with it; nil where none were kept.
  package var token: StoredToken?
  /// What it was before its values were changed last; nil where nothing was kept.
  package var former: FormerGeneration?

  package init(
    record: consuming ConnectionRecord, token: consuming StoredToken?,
    former: consuming FormerGeneration?
  ) {
    self.record = record
    self.token = token
    self.former = former
  }
}
