internal import ProviderFormat
package import Requests

/// Whether values that are to take the place of others belong to the same account. The one rule for it.
package enum AccountComparison: Equatable, Sendable {
  /// The provider says so.
  case same
  /// They belong to another account, or a setting that may say which one is another.
  case other(was: String, is: String)
  /// Nobody says anything of it.
  case unknown

  /// By the account that both checks tell, in the provider's own spelling; where not both tell one, by the organization;
  /// where neither is told, by the settings.
  package init(_ former: AccountTraits, _ new: AccountTraits) {
    if let was = former.account, let isNow = new.account {
      self = was == isNow ? .same : .other(was: was, is: isNow)
    } else if let was = former.organization, let isNow = new.organization {
      self = was == isNow ? .same : .other(was: was, is: isNow)
    } else if let field = former.settings.keys.sorted(by: { "\($0)" < "\($1)" }).first(where: {
      new.settings[$0] != former.settings[$0]
    }) {
      self = .other(
        was: "\(field.name) \(former.settings[field] ?? "")",
        is: "\(field.name) \(new.settings[field] ?? "none")")
    } else {
      self = .unknown
    }
  }

  /// What is said of values of another account; nil where they are not known to be.
  /// - Parameter advice: one thing to do next, a sentence with a period.
  package func diagnosis(replacing name: ConnectionName, advice: String) -> Diagnosis? {
    guard case .other(let was, let isNow) = self else { return nil }
    return Diagnosis(
      kind: .wrongTenant,
      sentence: "These values belong to \(isNow), and \(name) belongs to \(was).",
      nextStep: advice)
  }
}
