/// What a store has of a connection from before its values were changed last.
struct FormerRow {
  /// The row of the connection, as it is now.
  let connection: IndexRow
  /// Nil where nothing is kept.
  let kept: SealedGeneration?
}

/// A record and its tokens as they lay in a store.
struct SealedGeneration {
  /// An age file.
  let record: [UInt8]
  /// Nil where there were none.
  let token: SealedToken?
}
