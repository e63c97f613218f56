package import Guides

/// How a provider's credentials are checked. One case for each way, and one file for each that is more than a word.
enum CheckMode: Equatable {
  /// By the requests that the entry's `usher.check` declares.
  case declared
  /// By calling the endpoints of `proxy.verification`; the first that answers with success decides.
  case endpoints
  /// By fetching a token with client credentials.
  case clientCredentials
  /// By fetching a token in one step or several.
  case twoStep
  /// By opening a session as BILL does.
  case bill
  /// By getting temporary credentials of a role of AWS.
  case awsRole
  /// Not at all: why, as a sentence.
  case unchecked(Reason)

  enum Reason: Equatable {
    /// The entry names no check.
    case noneKnown
    /// The check is a program of another project, which is not part of the entry.
    case script
    /// Something has to be signed first, in a way that is not known here.
    case signing
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
    case .apiKey, .basic, .jwt, .tokenBased, .signature: endpoints(provider)
    case .oauth2ClientCredentials: .clientCredentials
    case .twoStep: .twoStep
    case .bill: .bill
    case .awsSigV4: .awsRole
    case .none: .unchecked(.nothingToCheck)
    default: .unchecked(.browser)
    }
  }

  private static func endpoints(_ provider: Provider) -> CheckMode {
    guard provider.proxy.verification?.endpoints.isEmpty == false else {
      return .unchecked(.noneKnown)
    }
    return RequestBuilder.canMakeToken(for: provider) ? .endpoints : .unchecked(.signing)
  }
}

extension CheckMode {
  /// The procedure, at its start.
  func procedure(for provider: Provider) -> any CheckProcedure {
    switch self {
    case .declared: DeclaredCheck()
    case .endpoints: EndpointCheck()
    case .clientCredentials: ClientCredentialsCheck(TokenRules(provider))
    case .twoStep: TwoStepCheck(TokenRules(provider))
    case .bill: BillCheck(TokenRules(provider))
    case .awsRole: AWSRoleCheck()
    case .unchecked(let reason): NoCheck(reason: reason)
    }
  }
}

extension CheckMode.Reason {
  /// Why nothing is asked, as the beginning of a sentence.
  private func why(_ name: String) -> String {
    switch self {
    case .noneKnown: "No check is known for \(name)"
    case .script: "The check for \(name) is a program that is not part of its entry"
    case .signing:
      "Checking \(name) takes a request that is signed in a way that this version does not know"
    case .browser: "\(name) is linked in a browser"
    case .nothingToCheck: "\(name) asks for no credentials"
    }
  }

  /// As a sentence after the fact.
  func sentence(for name: String) -> String { "\(why(name)): nothing was asked." }

  /// As a sentence before anything is typed.
  func announcement(for name: String) -> String {
    "\(why(name)): what is entered will be stored unchecked."
  }
}

extension CheckSession {
  /// Why the credentials of a provider cannot be checked, to be said before they are asked for; nil when they can be.
  package static func reasonForNone(_ provider: Provider) -> String? {
    guard case .unchecked(let reason) = CheckMode(provider) else { return nil }
    return reason.announcement(for: provider.displayName)
  }
}
