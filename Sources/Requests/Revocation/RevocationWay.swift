package import ProviderFormat

/// How a value is taken back at its provider, as far as the provider's data say it.
package enum RevocationWay: Equatable, Sendable {
  /// The provider is asked to.
  case request
  /// A person does it on this page.
  case page(String)

  /// - Parameter known: the tokens of an account that was linked in a browser; nil where none are kept.
  /// - Returns: nil where nothing is known.
  package init?(_ provider: Provider, known: borrowing TokenSet?) {
    if RevocationProcedure(provider, known: known) != nil {
      self = .request
    } else if let page = provider.usher.revocation?.page {
      self = .page(page)
    } else {
      return nil
    }
  }
}
