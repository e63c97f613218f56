package import Basics

/// A refusal in the address that a browser came back with (RFC 6749, section 4.1.2.1), in the provider's words:
/// cleaned, at most 300 characters each.
package struct ProviderRefusal: Equatable, Sendable {
  /// The word for it: `access_denied`.
  package let error: String?
  /// What it says to people, and where it says more.
  package let words: [String]

  /// The parameters that providers put their words in, in the order in which they are told.
  static let parameters = [
    "error_description", "error_reason", "error_message", "error_uri", "status_code",
  ]

  init(error: String?, words: [String]) {
    self.error = error
    self.words = words
  }

  /// Whether the person who signed in said no.
  package var isDenial: Bool { error == "access_denied" }

  /// In sentences.
  package var explanation: Explanation {
    let said = ([error].compactMap { $0 } + words).joined(separator: ": ")
    return Explanation(
      what: isDenial ? "whoever signed in did not allow it" : "the provider refused",
      why: said.isEmpty ? nil : "it says: \(said)", advice: advice)
  }

  private var advice: String {
    switch error.flatMap(OAuthError.init(rawValue:)) {
    case .accessDenied: "open the address again and agree, if you want to go on"
    case .invalidScope: "ask for scopes that the application may have"
    case .unauthorizedClient, .invalidClient:
      "look at the application's page with the provider: its identifier, and whether it may be used this way"
    case .temporarilyUnavailable, .serverError, .slowDown: "try again later"
    case .invalidRequest:
      "compare the redirect address with the one that is registered with the application"
    case .invalidGrant, .unsupportedGrantType, nil:
      "look at the application's page with the provider, then open the address again"
    }
  }
}
