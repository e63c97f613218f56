internal import Basics
internal import Drafts
internal import ProviderFormat

/// What a refusal means where the credentials are not sent but sign what is sent: the general words would have the user
/// copy a key once more that is very likely right.
struct SignedRefusal {
  private let provider: Provider
  private let name: String

  /// Nil for the modes in which nothing is signed.
  init?(_ provider: Provider) {
    guard provider.authMode.requestRules.isSigned else { return nil }
    self.provider = provider
    name = provider.displayName
  }

  /// In place of the general words, what is usually the reason.
  func words(needsRight: Bool) -> (sentence: String, next: String) {
    let right = needsRight ? ", and has the right that the check needs" : ""
    return (
      "\(name) refuses what was signed: it does not know the key, or the values do not belong together.",
      "Check that \(subject) with \(name)\(right)."
    )
  }

  /// What has to be so, as far as the provider's own form has words for it.
  private var subject: String {
    let form = Form(provider: provider, guide: nil)
    let credentials = form.fields.filter { $0.isPrompted && $0.id.scope == .credentials }
    let others = credentials.filter { !$0.isMasked }.map(\.label)
    let signing = credentials.filter(\.isMasked).map(\.label).joined(separator: " and ")
    let key = signing.isEmpty ? "the key" : signing
    return others.isEmpty
      ? "\(key) is registered"
      : "\(key) belongs to \(others.joined(separator: " and ")) and is registered"
  }
}
