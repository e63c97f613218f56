internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests

/// The words for what is taken back at a provider, and for what came of it: `the key`, or `the access` of an account that a
/// person agreed to.
struct RevocationReport {
  private let name: String
  private let what: String
  private let page: String?

  init(_ provider: Provider) {
    name = provider.displayName
    what = provider.authMode.needsConsent ? "access" : "key"
    page = provider.usher.revocation?.page
  }

  /// To be answered with yes or no.
  var question: String { "Revoke the \(what) at \(name) too?" }

  /// When it is done.
  var done: String { "Revoked the \(what) at \(name): it is good for nothing any more." }

  /// Of what was removed and not taken back; nil where nothing is known of how that is done.
  /// - Parameter way: how it could have been.
  func reminder(_ way: RevocationWay?) -> String? {
    let stands = what == "key" ? "The key is still valid" : "Access still stands"
    if let page { return "\(stands) at the provider. Revoke it: \(page)" }
    return way == .request ? "\(stands) at \(name): nothing was revoked there." : nil
  }

  /// The same of an earlier key that was kept with it, and is another one.
  func formerReminder() -> String {
    let stands =
      what == "key"
      ? "An earlier key was kept with it and is" : "Earlier access was kept with it and is"
    return page.map { "\(stands) still good at \(name). Revoke it: \($0)" }
      ?? "\(stands) still good at \(name)."
  }

  /// When an earlier one is taken back too.
  var formerDone: String { "Revoked the earlier \(what) that was kept with it at \(name), too." }

  /// Where all that is taken back, and the store kept the connection.
  func notRemoved(_ connection: ConnectionName, _ error: StoreError) -> Explanation {
    let reason = error.explanation
    return Explanation(
      what: "the \(what) at \(name) is revoked, and only \(connection) could not be removed",
      why: [reason.what, reason.why].compactMap(\.self).joined(separator: ": "),
      advice: reason.advice)
  }

  /// Why it was not done.
  /// - Parameter consequence: what that means for the command; the end of a sentence.
  func failure(_ diagnosis: Diagnosis, consequence: String = "") -> Explanation {
    Explanation(
      what: "the \(what) at \(name) was not revoked\(consequence)",
      why: diagnosis.reason, advice: diagnosis.advice)
  }

  /// Where it is not done by asking.
  func impossible(_ way: RevocationWay?) -> Explanation {
    switch way {
    case .page(let page):
      Explanation(
        what: "the \(what) at \(name) cannot be revoked from here",
        why: "there only a person does it, on a page",
        advice: "revoke it on \(page), and leave --revoke out")
    case .request, nil:
      Explanation(
        what: "the \(what) at \(name) cannot be revoked from here",
        why: "nothing is known of how \(name) is asked for it",
        advice: "revoke it in the account at \(name), and leave --revoke out")
    }
  }

  /// A script is told what it would be of a check; a failure is never a success.
  static func exitCode(_ diagnosis: Diagnosis) -> ExitCode {
    diagnosis.exitCode == .done ? .notAsked : diagnosis.exitCode
  }
}
