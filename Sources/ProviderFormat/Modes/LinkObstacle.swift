package import Basics

/// Why an account cannot be linked from here.
package enum LinkObstacle: Equatable, Sendable {
  /// The code is sent to a public address that the provider calls.
  case webhook
  /// The provider speaks a protocol of its own for tokens.
  case ownProtocol
  /// How it is linked is not known.
  case unknownMode

  /// Both speak XML of their own for tokens. No entry says so.
  package static let slugsWithOwnProtocol: Set = ["braintree", "braintree-sandbox"]

  /// Nil where the account can be linked.
  package init?(_ provider: Provider) {
    self.init(slug: provider.slug, mode: provider.authMode, entry: provider.entry)
  }

  /// The same by what it depends on, for entries that are not read whole.
  init?(slug: String, mode: AuthMode, entry: Value.Map) {
    switch mode {
    case .oauth2 where entry[Self.webhookKey] != nil: self = .webhook
    case .oauth2 where Self.slugsWithOwnProtocol.contains(slug): self = .ownProtocol
    case .appStore, .other: self = .unknownMode
    default: return nil
    }
  }

  /// The key by which an entry says that the code is sent by the provider.
  static let webhookKey = "authorization_code_param_in_webhook"

  /// - Parameter provider: by the name that it is shown under.
  package func explanation(for provider: Provider) -> Explanation {
    Explanation(
      what: "\(provider.displayName) cannot be linked from here", why: reason(provider),
      advice: advice)
  }

  /// The same as one sentence, without what to do.
  package func sentence(for provider: Provider) -> String {
    "\(provider.displayName) cannot be linked from here: \(reason(provider))."
  }

  private func reason(_ provider: Provider) -> String {
    switch self {
    case .webhook: "it sends the code to a public address of the application's owner"
    case .ownProtocol: "it hands out tokens by an XML protocol of its own"
    case .unknownMode:
      "this version does not know its way of linking (\(provider.authMode.rawValue))"
    }
  }

  private var advice: String {
    switch self {
    case .webhook: "use a token that its own pages hand out, with a provider that asks for one"
    case .ownProtocol: "use an API key of the account, with a provider that asks for one"
    case .unknownMode: "look for a newer version"
    }
  }
}
