/// One line of a list of what a store holds.
package struct ListedConnection: Sendable {
  /// What is known of it without opening its record.
  package enum Content: Sendable {
    case summary(ConnectionSummary)
    /// Nothing but the clear columns: this machine has no identity, or it is locked.
    case sealed
    /// Neither the row nor the record can be read.
    case unreadable(StoreError)
  }

  /// The clear columns.
  package var entry: ConnectionIndexEntry
  /// What stands behind them.
  package var content: Content

  package init(entry: ConnectionIndexEntry, content: Content) {
    self.entry = entry
    self.content = content
  }
}
