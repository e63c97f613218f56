/// What a store has of the tokens of a connection.
struct TokenRow {
  /// The row of the connection.
  let connection: IndexRow
  /// Nil where nothing is kept.
  let kept: SealedToken?
}

/// The tokens of a connection as they lie in a store.
struct SealedToken {
  /// The clear column; what is sealed repeats it.
  let version: Int64
  /// An age file.
  let file: [UInt8]
}
