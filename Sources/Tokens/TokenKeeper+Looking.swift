internal import Basics
internal import Connections
internal import Requests

/// What the store has, and what of it will do.
extension TokenKeeper {
  /// What is kept; an empty one of version 0 where that is nothing.
  func kept<Store: TokenStore & ~Copyable>(
    _ name: ConnectionName, in store: borrowing Store
  ) throws(TokenError) -> StoredToken {
    do {
      return try store.token(of: name) ?? StoredToken(tokens: nil)
    } catch {
      throw .store(error)
    }
  }

  func read<Store: ConnectionStore & ~Copyable>(
    _ name: ConnectionName, in store: borrowing Store
  ) throws(TokenError) -> ConnectionRecord {
    do {
      return try store.read(name)
    } catch {
      throw .store(error)
    }
  }

  /// What came of a look at what is kept.
  enum Settlement: ~Copyable {
    case token(TokenSet)
    /// It does not do: the provider has to be asked.
    case row(StoredToken)
  }

  /// - Parameter seen: the version of what was kept at the look before; nil at the first one.
  /// - Throws: what was found out a moment ago, where that is the answer.
  func settle(
    _ row: consuming StoredToken, _ demand: TokenDemand, seen: Int?
  ) throws(TokenError) -> Settlement {
    switch demand.answer(of: &row, seen: seen, at: clock()) {
    case .fetch: return .row(row)
    case .use(let tokens): return .token(tokens)
    case .fail(let diagnosis):
      let error = TokenError(demand.name, diagnosis, isOfConsent: row.isOfConsent)
      return .token(try handOut(row, demand, despite: diagnosis, else: error))
    case .wait(let seconds, let diagnosis):
      return .token(
        try handOut(
          row, demand, despite: diagnosis,
          else: .blocked(demand.name, seconds: seconds, diagnosis)))
    }
  }

  /// The tokens that are kept, where no new ones can be had and these are good for a while.
  func handOut(
    _ row: consuming StoredToken, _ demand: TokenDemand, despite diagnosis: Diagnosis,
    else error: TokenError
  ) throws(TokenError) -> TokenSet {
    guard let tokens = row.tokens.take(), demand.accepts(tokens, despite: diagnosis, at: clock())
    else { throw error }
    notice(.kept(demand.name, expires: tokens.expires, diagnosis))
    return tokens
  }
}
