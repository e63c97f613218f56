package import Basics
package import ProviderFormat

/// Why an account cannot be linked from here.
package enum LinkObstacle: Equatable, Sendable {
  /// The code is sent to a public address that the provider calls.
  case webhook
  /// The provider speaks a protocol of its own for tokens.
  case ownProtocol
  /// How it is linked is not known.
  case unknownMode

  init?(_ provider: Provider) {
    let entry = provider.entry
    switch provider.authMode {
    case .oauth2 where entry["authorization_code_param_in_webhook"] != nil:
      self = .webhook
    case .oauth2 where HandWrittenProcedures.isUnknown(provider.slug): self = .ownProtocol
    case .appStore, .other: self = .unknownMode
    default: return nil
    }
  }

  /// - Parameter provider: by the name that it is shown under.
  package func explanation(for provider: Provider) -> Explanation {
    let what = "\(provider.displayName) cannot be linked from here"
    switch self {
    case .webhook:
      return Explanation(
        what: what, why: "it sends the code to a public address of the application's owner",
        advice: "use a token that its own pages hand out, with a provider that asks for one")
    case .ownProtocol:
      return Explanation(
        what: what, why: "it hands out tokens by an XML protocol of its own",
        advice: "use an API key of the account, with a provider that asks for one")
    case .unknownMode:
      return Explanation(
        what: what,
        why: "this version does not know its way of linking (\(provider.authMode.rawValue))",
        advice: "look for a newer version")
    }
  }
}

extension Diagnosis {
  /// Nothing can be asked of a provider.
  static func impossible(_ provider: Provider) -> Diagnosis {
    let words = LinkObstacle(provider)?.explanation(for: provider)
    return Diagnosis(
      kind: .uncheckable,
      sentence:
        "\(provider.displayName) cannot be linked this way: \(words?.why ?? "its entry does not say how").",
      nextStep: "Link it in another way.")
  }
}
