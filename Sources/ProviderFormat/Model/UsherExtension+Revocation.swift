package import Basics

extension UsherExtension {
  /// How values are taken back at the provider (`usher.revoke`): a key by a request, the tokens of an account by RFC 7009,
  /// or either by a person.
  package struct Revocation: Sendable, Equatable {
    /// The web page where a person does it.
    package var page: String?
    /// The HTTP method of the request; nil where there is none.
    package var method: String?
    /// A template of the address of the request: absolute, or below the proxy's base URL.
    package var url: String?
    /// Added to the headers that the proxy declares, over which they win.
    package var headers: [Provider.NamedTemplate] = []
    /// What the request sends; nil for nothing.
    package var body: Body?
    /// A template of the address where tokens are taken back (RFC 7009).
    package var tokenURL: String?
    /// Parameters beside the standard's; null takes one of those away.
    package var tokenParameters = Value.Map()
    /// How the client proves itself there: `none`, `client_secret_basic` or `client_secret_post`. Nil for the way in which
    /// the entry gets tokens.
    package var clientMethod: String?

    /// Nothing is known.
    package init() {}

    /// The request, in the grammar of `usher.check`; nil where the entry declares none.
    package var request: CheckStep? {
      guard let method, let url else { return nil }
      var step = CheckStep(url: url)
      step.method = method
      step.headers = headers
      step.body = body
      return step
    }
  }
}
