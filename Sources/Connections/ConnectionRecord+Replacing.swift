internal import Basics
package import Drafts
package import ProviderFormat
internal import Requests
internal import Secrets

extension ConnectionRecord {
  /// What stays where the values give way to others: settings that may be shown, what was made up for the connection, and
  /// what belongs to the application that it was linked with. A client that registered itself is none of it.
  package borrowing func keptValues(of form: Form) -> SecretValues {
    let registersItself = values.contains(KeptRegistration.setting)
    var kept = SecretValues()
    for field in form.fields where field.isPrompted || field.isGenerated {
      let isClient = field.id == OAuthClient.idField || field.id == OAuthClient.secretField
      if registersItself, isClient { continue }
      guard !field.isMasked || field.isGenerated || form.isOfApplication(field),
        let value = values.duplicate(of: field.id)
      else { continue }
      kept.set(field.id, to: value)
    }
    return kept
  }

  /// Whether a secret of both is the same, so that taking the one back would end the other. Of accounts that a person has
  /// agreed to link the application's secret is always the same, and is not what is taken back.
  package borrowing func sharesSecret(with other: borrowing ConnectionRecord) -> Bool {
    guard !provider.authMode.needsConsent else { return false }
    for field in Form(provider: provider, guide: nil).fields
    where field.isMasked && values.contains(field.id) && other.values.contains(field.id) {
      let isSame = values.withBytes(of: field.id) { own in
        other.values.withBytes(of: field.id) { own.equals($0) }
      }
      if isSame { return true }
    }
    return false
  }
}
