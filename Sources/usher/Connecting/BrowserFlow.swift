internal import Credentials
internal import Guides

/// What Usher says about a provider whose accounts are linked in a browser.
enum BrowserFlow {
  /// One sentence for the end of a guide.
  static func sentence(for provider: Provider) -> String {
    "Usher shows this guide, but the account is linked in a browser (\(provider.authMode.rawValue))."
  }

  static func explanation(for provider: Provider) -> Explanation {
    Explanation(
      what: "\(provider.displayName) cannot be linked from a terminal",
      why:
        "it hands out access through a sign-in page in a browser (\(provider.authMode.rawValue)), and has no key to type",
      advice:
        "usher guides show \(provider.slug) shows its guide; another provider of the same service may take a key"
    )
  }
}
