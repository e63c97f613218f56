internal import Guides

/// How a provider's credentials are checked. One case for each way, and one file for each that is more than a word.
enum CheckMode: Equatable {
  /// By the requests that the entry's `usher.check` declares.
  case declared
  /// By calling the endpoints of `proxy.verification`; the first that answers with success decides.
  case endpoints
  /// Not at all: why, as a sentence.
  case unchecked(Reason)

  enum Reason: Equatable {
    /// The entry names no check.
    case noneKnown
    /// The check is a program of another project, which is not part of the entry.
    case script
    /// A token has to be fetched or signed first.
    case token
    case browser
    /// The provider asks for no credentials.
    case nothingToCheck
  }

  init(_ provider: Provider) {
    if !provider.usher.check.isEmpty {
      self = .declared
    } else if provider.verificationScript != nil {
      self = .unchecked(.script)
    } else {
      self = CheckMode.general(provider)
    }
  }

  private static func general(_ provider: Provider) -> CheckMode {
    switch provider.authMode {
    case .apiKey, .basic:
      provider.proxy.verification?.endpoints.isEmpty == false ? .endpoints : .unchecked(.noneKnown)
    case .oauth2ClientCredentials, .twoStep, .jwt, .bill, .tokenBased, .signature, .awsSigV4:
      .unchecked(.token)
    case .none: .unchecked(.nothingToCheck)
    default: .unchecked(.browser)
    }
  }
}

extension CheckMode.Reason {
  /// Why nothing is asked, as a sentence.
  func sentence(for name: String) -> String {
    switch self {
    case .noneKnown: "No check is known for \(name): nothing was asked."
    case .script:
      "The check for \(name) is a program that is not part of its entry: nothing was asked."
    case .token:
      "Checking \(name) takes a token that has to be fetched or signed first, which this version "
        + "does not do: nothing was asked."
    case .browser: "\(name) is linked in a browser: there is nothing that could be checked here."
    case .nothingToCheck: "\(name) asks for no credentials: there is nothing to check."
    }
  }
}
