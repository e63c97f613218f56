package import Requests

/// What a change of a connection's values took the place of, and the connection's name. Implemented by the `Store`
/// target's `StoreSession`.
///
/// A store keeps one former generation of each connection: record and tokens, as they were sealed. A change of values
/// puts what was there into its place; a change of facts alone leaves it.
package protocol GenerationStore: ~Copyable {
  /// Whether a former generation is kept. Needs no identity.
  /// - Throws: `.notFound`
  func hasFormer(of name: ConnectionName) throws(StoreError) -> Bool
  /// The former generation, opened; nil where none is kept.
  /// - Throws: `.notFound`; `.failed` where what is kept is not one of this connection.
  func former(of name: ConnectionName) throws(StoreError) -> FormerGeneration?
  /// Puts the former generation back, and what was there into its place: a second call takes the first one back. The
  /// history goes on.
  /// - Returns: the facts as they are stored now.
  /// - Throws: `.notFound`; `.nothingThere` where nothing is kept.
  @discardableResult
  func bringBack(_ name: ConnectionName) throws(StoreError) -> ConnectionFacts
  /// Drops the former generation. Needs no identity.
  /// - Returns: whether there was one.
  @discardableResult
  func dropFormer(of name: ConnectionName) throws(StoreError) -> Bool
  /// Gives a connection another name. Its values, tokens, history and former generation go with it.
  /// - Throws: `.notFound`; `.exists` where the new name is taken.
  func rename(_ name: ConnectionName, to new: ConnectionName) throws(StoreError)
}

/// A connection as it was before its values were changed last.
package struct FormerGeneration: ~Copyable, Sendable {
  /// The record as it was, under the name that the connection has now.
  package var record: ConnectionRecord
  /// The tokens that were got with it; nil where none were kept.
  package var token: StoredToken?

  package init(record: consuming ConnectionRecord, token: consuming StoredToken?) {
    self.record = record
    self.token = token
  }

  /// What a provider is asked to take back, with an owner of its own.
  package borrowing func order() -> RevocationOrder {
    switch token {
    case .some(let token): RevocationOrder(record.submission(), token: token.duplicateTokens())
    case nil: RevocationOrder(record.submission(), token: nil)
    }
  }

  /// How it can be taken back; nil where nothing is known of that.
  package borrowing func revocationWay() -> RevocationWay? {
    switch token {
    case .some(let token): RevocationWay(record.provider, known: token.tokens)
    case nil: RevocationWay(record.provider, known: nil)
    }
  }
}
