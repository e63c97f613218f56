package import Basics
package import Connections
package import Drafts
internal import ProviderFormat
package import Requests

/// One valid token of a connection, however many processes ask for it at once.
///
/// What is kept and good is handed out without opening the connection's record. Otherwise the processes take turns: the
/// first asks the provider and keeps what it gets, and the others find it when their turn comes. What is kept stays until
/// what takes its place is on the disk, so a kill at any moment loses nothing that was handed out.
///
/// Blocks the calling thread while the provider is asked or another process has its turn.
package struct TokenKeeper {
  let fetcher: any TokenFetcher
  let maker: (consuming Submission) -> TokenOutcome
  let notice: TokenNotice.Receiver
  let clock: () -> Timestamp

  /// - Parameters:
  ///   - fetcher: asks the provider.
  ///   - maker: makes a token where nobody has to be asked for one (`TokenOrigin.made`).
  ///   - notice: told what does not stop anything.
  ///   - clock: tells the time; the system's unless a test has another.
  package init(
    fetcher: any TokenFetcher, maker: @escaping (consuming Submission) -> TokenOutcome,
    notice: @escaping TokenNotice.Receiver, clock: @escaping () -> Timestamp = Timestamp.now
  ) {
    self.fetcher = fetcher
    self.maker = maker
    self.notice = notice
    self.clock = clock
  }

  /// The token of a connection, and what was given with it.
  ///
  /// A fetch that fails takes nothing from what is kept, and spares the provider everybody's next one for 30 seconds:
  /// whoever asks meanwhile gets the same diagnosis. A token near its end that cannot be replaced at the moment is handed
  /// out until then. Where nothing can be kept the whole exchange is made, never a renewal, which would use a refresh token
  /// up for nothing.
  ///
  /// Of an account that a person has agreed to link there is no whole exchange: what was given is renewed, or the person
  /// has to agree again. No failure takes a refresh token away.
  /// - Parameters:
  ///   - store: asked once, where what is kept will do.
  ///   - least: how long the token has to be valid still, in seconds; where nothing is asked a quarter of an hour, or a
  ///     third of its life where that is less.
  ///   - isFresh: whether one from before will not do; the provider is then asked although a fetch has just failed.
  ///   - refused: when the token was got that the provider has just refused to take; only one that was got later will do.
  package func token<Store: ConnectionStore & TokenStore & ~Copyable>(
    of name: ConnectionName, in store: borrowing Store, least: Int64? = nil, isFresh: Bool = false,
    newerThan refused: Timestamp? = nil
  ) throws(TokenError) -> TokenSet {
    let demand = TokenDemand(
      name: name, least: least, isFresh: isFresh, refused: refused, asked: clock())
    switch try attempt(demand, in: store) {
    case .token(let tokens): return tokens
    case .overtaken: break
    }
    // The connection was given other values while the provider was asked with those of before: once more.
    switch try attempt(demand, in: store) {
    case .token(let tokens): return tokens
    case .overtaken(let conflict): throw .store(conflict)
    }
  }

  /// What came of one try.
  enum Attempt: ~Copyable {
    case token(TokenSet)
    /// The connection has other values by now than those that were sent.
    case overtaken(StoreError)
  }

  private func attempt<Store: ConnectionStore & TokenStore & ~Copyable>(
    _ demand: TokenDemand, in store: borrowing Store
  ) throws(TokenError) -> Attempt {
    switch try settle(try kept(demand.name, in: store), demand, seen: nil) {
    case .token(let tokens): return .token(tokens)
    case .row(let row):
      // Where something is kept tokens are fetched; elsewhere the entry says whether there are any.
      guard row.version == 0 else { return try fetch(demand, nil, after: row, in: store) }
      let record = try read(demand.name, in: store)
      switch TokenOrigin(record.provider) {
      case .fetched:
        if let objection = objection(to: row, of: record) {
          throw TokenError(demand.name, objection, isOfConsent: true)
        }
        return try fetch(demand, record, after: row, in: store)
      case .made: return .token(try make(record, for: demand))
      case .none: throw .noToken(demand.name, record.provider.authMode)
      }
    }
  }

  /// Why the provider of an account that was linked in a browser is not asked; nil where it is, and of other connections.
  func objection(
    to row: borrowing StoredToken, of record: borrowing ConnectionRecord
  ) -> Diagnosis? {
    guard record.provider.authMode.needsConsent else { return nil }
    let now = clock()
    let outlook = Renewal.outlook(record.submission(), known: row.duplicateTokens(), at: now)
    return outlook.objection(of: record.provider, at: now)
  }

  private func make(
    _ record: borrowing ConnectionRecord, for demand: TokenDemand
  ) throws(TokenError) -> TokenSet {
    switch maker(record.submission()) {
    case .token(let tokens): return tokens
    case .refused(let diagnosis):
      throw TokenError(demand.name, diagnosis, isOfConsent: false)
    }
  }
}
