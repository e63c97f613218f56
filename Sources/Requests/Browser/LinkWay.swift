internal import Basics
package import ProviderFormat

/// How an account of a provider that needs a person's consent can be linked from a terminal.
package enum LinkWay: Equatable, Sendable {
  /// A browser, anywhere, ends on an address that is pasted back.
  case redirect
  /// The provider answers a request of ours with the address itself: nobody has to open anything.
  case direct
  /// Without a browser: what is needed is typed, or asked of the provider.
  case typed
  /// Not at all.
  case impossible(LinkObstacle)

  /// Nil for providers that a form finishes.
  package init?(_ provider: Provider) {
    guard !provider.authMode.isFormBased else { return nil }
    if let obstacle = LinkObstacle(provider) {
      self = .impossible(obstacle)
      return
    }
    switch provider.authMode {
    case .app, .installPlugin: self = .typed
    default: self = AuthorizationWriter(provider).namesSecret ? .direct : .redirect
    }
  }

  /// Whether an account of the provider cannot be linked here at all.
  package static func isImpossible(_ provider: Provider) -> Bool {
    !provider.authMode.isFormBased && LinkObstacle(provider) != nil
  }
}
