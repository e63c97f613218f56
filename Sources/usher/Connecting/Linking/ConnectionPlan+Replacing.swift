internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Secrets

extension ConnectionPlan {
  /// Takes over what stays where a person only agrees anew: the settings that may be shown, the rights, the application.
  /// What the command line says counts before it.
  mutating func keep(from record: borrowing ConnectionRecord) {
    let made = record.generatedValues(of: form)
    presets.merge(made) { given, _ in given }
    guard LinkWay(form.provider) != nil else { return }
    let registersItself = record.values.contains(OAuthClient.registeredSetting)
    for field in form.fields where !field.isMasked && record.values.contains(field.id) {
      if registersItself, field.id == OAuthClient.idField { continue }
      guard presets[field.id] == nil else { continue }
      presets[field.id] = record.values.withBytes(of: field.id) { $0.shownText }
    }
    application = application ?? record.facts.application
    let scopes = record.values.withBytes(of: Scopes.setting) { $0.shownText }
    if link.scopes == nil, !scopes.isEmpty { link.scopes = Scopes(text: scopes) }
  }
}
