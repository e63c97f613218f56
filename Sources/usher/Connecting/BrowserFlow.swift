internal import Basics
internal import Catalogues
internal import ProviderFormat

/// What Usher says about a provider whose accounts are linked in a browser.
enum BrowserFlow {
  /// One sentence for the end of a guide.
  static func sentence(for provider: Provider) -> String {
    "Usher shows this guide, but the account is linked in a browser (\(provider.authMode.rawValue))."
  }

  static func explanation(
    for provider: Provider, alternatives: [CatalogueEntry]
  ) -> Explanation {
    let guide = "usher guides show \(provider.slug) shows its guide"
    let other = alternatives.first.map {
      "; usher connect \($0.slug) links the same service with values"
    }
    return Explanation(
      what: "\(provider.displayName) cannot be linked from a terminal",
      why:
        "it hands out access through a sign-in page in a browser (\(provider.authMode.rawValue)), and has no key to type",
      advice: guide + (other ?? "")
    )
  }
}
