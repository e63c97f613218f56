internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// Builds requests by the rules of the provider format. The check, `--dry-run` and later use all go through here.
struct RequestBuilder {
  let provider: Provider
  /// Whether secrets are replaced by a mark.
  var isRedacting = false
  /// Whether marks stand in for what only an answer could tell.
  var hasStandIns = false

  /// What templates of a token request may name.
  var tokenScope = TemplateScope.token

  /// What one request is made of.
  struct Plan {
    var method: String
    /// Absolute.
    var address: Template
    /// Parameters before those of the proxy, as they are.
    var parameters: [APICall.Parameter] = []
    /// Parameters after those of the proxy.
    var query: [Provider.NamedTemplate] = []
    /// Headers after those of the proxy, over which they win.
    var headers: [Provider.NamedTemplate] = []
    var body: Value?
    /// The body of a request of `usher.check`, in place of `body`.
    var declaredBody: UsherExtension.Body?
    /// Whether the request is one of `usher.check`, which says itself what may be left out.
    var isDeclared = false
    /// Whether the request is a caller's own, which proves nothing: a header that something is missing for is left out.
    var isCall = false
    /// Headers of the caller, as they are. They win over all others.
    var callerHeaders: [APICall.Header] = []
  }

  func build(
    _ plan: Plan, from sources: inout TemplateContext
  ) throws(RequestError) -> PreparedRequest {
    try makeToken(in: &sources)
    let url = try buildAddress(plan, from: sources)
    sources.request = facts(of: plan, url)
    try makeBodyKnown(of: plan, in: &sources)
    var headers = try buildHeaders(plan, from: sources)
    let body = try buildBody(plan, headers: &headers, from: sources)
    try provider.authMode.requestRules.sign(
      plan.method, url, body, headers: &headers, from: &sources, isRedacting: isRedacting)
    return try request(plan.method, url, headers, body)
  }

  /// Makes the token of a mode that makes its own, so that templates find it as `${accessToken}`. Nothing happens when
  /// there is one already.
  /// - Returns: when it ends; nil where none was made.
  @discardableResult
  func makeToken(in sources: inout TemplateContext) throws(RequestError) -> Timestamp? {
    if sources.fetched.contains(TemplateContext.tokenName) { return nil }
    let rules = provider.authMode.requestRules
    guard let token = try rules.makeToken(for: provider, from: &sources) else { return nil }
    let expires = token.expires
    sources.fetched.set(TemplateContext.tokenName, to: token.takeText())
    return expires
  }

  /// The finished request; in one that is only shown the address need not be valid.
  func request(
    _ method: String, _ url: consuming SecretBuffer, _ headers: consuming PreparedHeaders,
    _ body: consuming PreparedBody?
  ) throws(RequestError) -> PreparedRequest {
    if isRedacting || hasStandIns {
      return PreparedRequest(method: method, shownAddress: url, headers: headers, body: body)
    }
    return try PreparedRequest(method: method, url: url, headers: headers, body: body)
  }

  func writer(_ names: TemplateScope) -> TemplateWriter {
    TemplateWriter(names: names, isRedacting: isRedacting)
  }
}
