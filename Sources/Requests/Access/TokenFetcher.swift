package import Drafts
internal import ProviderFormat

/// What came of asking for a token.
package enum TokenOutcome: ~Copyable, Sendable {
  case token(TokenSet)
  /// Why there is none. Whatever was known before is as good as it was.
  case refused(Diagnosis)
}

/// Gets tokens from providers. Blocks the calling thread; never throws: whatever happens is an outcome.
package protocol TokenFetcher: Sendable {
  /// Gets ready for a fetch that is likely to be wanted soon. Nothing is asked of anybody, and no value is needed.
  func prepare()

  /// No fetch is likely any more: what `prepare` has made is given back.
  func dismiss()

  /// Gets a new token for a connection: by the refresh token of `known` where the entry has a renewal and that is enough,
  /// else by the whole exchange.
  /// - Parameter known: what was got before; nil where there is nothing, or it must not be used.
  func fetch(_ submission: consuming Submission, known: consuming TokenSet?) -> TokenOutcome
}

extension TokenFetcher {
  package func prepare() {}
  package func dismiss() {}
}
