package import ProviderFormat

/// How a provider's credentials are checked: by what its entry declares, else by what its auth mode knows.
enum CheckMode {
  /// By this procedure, which is at its start.
  case by(any CheckStrategy)
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
    if provider.authMode.requestRules.tokenNeedsConsent {
      self = .unchecked(.browser)
    } else if !provider.usher.check.isEmpty {
      self = .by(DeclaredCheck())
    } else if provider.verificationScript != nil {
      self = .unchecked(.script)
    } else {
      self = provider.authMode.requestRules.check(for: provider)
    }
  }

  /// How an account that was linked with a person's consent is checked, once its token is there.
  init(linked provider: Provider) {
    self = provider.usher.check.isEmpty ? .endpoints(of: provider) : .by(DeclaredCheck())
  }

  /// By the endpoints of `proxy.verification`, where there are any and a request to them can be made.
  static func endpoints(of provider: Provider) -> CheckMode {
    guard provider.proxy.verification?.endpoints.isEmpty == false else {
      return .unchecked(.noneKnown)
    }
    let canMakeToken = provider.authMode.requestRules.canMakeToken(for: provider)
    return canMakeToken ? .by(EndpointCheck()) : .unchecked(.signing)
  }

  var procedure: any CheckStrategy {
    switch self {
    case .by(let procedure): procedure
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
  func sentence(for name: String) -> String {
    switch self {
    case .browser: "\(why(name)), and what was entered is no proof by itself: nothing was asked."
    case .noneKnown, .script, .signing, .nothingToCheck: "\(why(name)): nothing was asked."
    }
  }

  /// As a sentence before anything is typed.
  func announcement(for name: String) -> String {
    switch self {
    case .browser: "\(why(name)): that will show whether what is entered is right."
    case .noneKnown, .script, .signing, .nothingToCheck:
      "\(why(name)): what is entered will be stored unchecked."
    }
  }
}

extension CheckSession {
  /// Why the credentials of a provider cannot be checked, to be said before they are asked for; nil when they can be.
  package static func reasonForNone(_ provider: Provider) -> String? {
    guard case .unchecked(let reason) = CheckMode(provider) else { return nil }
    return reason.announcement(for: provider.displayName)
  }
}
