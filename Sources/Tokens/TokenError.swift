package import Basics
package import Connections
package import ProviderFormat
package import Requests

/// Why there is no token to hand out. Names the connection; holds nothing of a token or a credential.
package enum TokenError: Explained, Equatable {
  /// Connections of this mode have none: requests carry what was typed, or are signed with it one by one.
  case noToken(ConnectionName, AuthMode)
  /// The provider has answered, and refuses the credentials.
  case refused(ConnectionName, Diagnosis)
  /// The provider could not be asked, or its answer says nothing of the credentials.
  case notAsked(ConnectionName, Diagnosis)
  /// Nobody was asked: the last fetch failed a moment ago, with this diagnosis. Seconds until the next may be made.
  case blocked(ConnectionName, seconds: Int64, Diagnosis)
  /// A person has to agree again: what the account was linked with renews nothing any more, for the reason that the
  /// diagnosis tells.
  case consentNeeded(ConnectionName, Diagnosis)
  /// It would have to be renewed, and what takes the place of its refresh token could not be kept.
  case unkeepable(ConnectionName, StoreError)
  /// The store cannot be read, or another process has had its turn for too long.
  case store(StoreError)

  package var explanation: Explanation {
    switch self {
    case .noToken(let name, let mode):
      Explanation(
        what: "\(name) has no access token",
        why: "requests of the mode \(mode.rawValue) carry what was typed, or are signed with it",
        advice: "usher get \(name) hands the values out")
    case .refused(let name, let diagnosis), .notAsked(let name, let diagnosis):
      Explanation(
        what: "no token for \(name)", why: diagnosis.reason, advice: diagnosis.advice)
    case .blocked(let name, let seconds, let diagnosis):
      Explanation(
        what: "no token for \(name)",
        why: "\(diagnosis.reason); nobody is asked again for \(Self.duration(seconds))",
        advice: Self.isRefusal(diagnosis)
          ? diagnosis.advice : "wait, or ask at once: usher token \(name) --fresh")
    case .consentNeeded(let name, let diagnosis):
      Explanation(
        what: "no token for \(name)", why: diagnosis.reason,
        advice: Self.adviceToLink(name, diagnosis))
    case .unkeepable(let name, let error):
      Explanation(
        what: "the token of \(name) is not renewed",
        why: "its refresh token may be good for one time only, and the next one could not be kept: "
          + error.explanation.what,
        advice: error.explanation.advice)
    case .store(let error): error.explanation
    }
  }

  /// What came of a fetch that gave no token.
  /// - Parameter isOfConsent: whether a person's consent gave the tokens from before.
  init(_ name: ConnectionName, _ diagnosis: Diagnosis, isOfConsent: Bool) {
    if !Self.isRefusal(diagnosis) {
      self = .notAsked(name, diagnosis)
    } else if isOfConsent {
      self = .consentNeeded(name, diagnosis)
    } else {
      self = .refused(name, diagnosis)
    }
  }

  /// Whether it is the credentials that are at fault, so that nothing that was got with them before is any good.
  static func isRefusal(_ diagnosis: Diagnosis) -> Bool { diagnosis.exitCode == .refused }

  /// `1 second`, `23 seconds`
  static func duration(_ seconds: Int64) -> String {
    seconds == 1 ? "1 second" : "\(seconds) seconds"
  }

  /// What links an account again.
  package static func command(toLink name: ConnectionName) -> String {
    let isUsual = name.name == ConnectionName.defaultName
    return "usher replace \(isUsual ? name.provider : name.description)"
  }

  private static func adviceToLink(_ name: ConnectionName, _ diagnosis: Diagnosis) -> String {
    let command = command(toLink: name)
    guard let step = diagnosis.advice else { return "link the account again: \(command)" }
    if diagnosis.nextStep == Diagnosis.linkAgain { return "\(step): \(command)" }
    // Where that mends it, nobody has to agree again; but it is not tried again by itself.
    return "\(step), then usher token \(name) --fresh; or link the account again: \(command)"
  }
}
