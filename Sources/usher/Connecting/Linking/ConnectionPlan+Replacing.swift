internal import Basics
internal import Connections
internal import Drafts
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
    let registersItself = record.values.contains(KeptRegistration.setting)
    for field in form.fields where !field.isMasked && record.values.contains(field.id) {
      if registersItself, field.id == OAuthClient.idField { continue }
      guard presets[field.id] == nil else { continue }
      presets[field.id] = record.values.withBytes(of: field.id) { $0.shownText }
    }
    application = application ?? record.facts.application
    let scopes = Scopes(askedIn: record.values)
    if link.scopes == nil, !scopes.isEmpty { link.scopes = scopes }
  }

  /// The client that is linked with and that the form does not ask for: the one that the command line names; nil where
  /// it names none.
  func givenClient() -> SecretValues? {
    guard let id = presets[OAuthClient.idField], !asksForClient else { return nil }
    var client = SecretValues()
    client.set(OAuthClient.idField, to: SecretBuffer(text: id, capacity: 1))
    return client
  }

  /// The same of a connection that is replaced, where the command line names none: one that registered itself, unless it
  /// is to do so anew, or one that nobody could type again.
  func client(keptBy record: borrowing ConnectionRecord) -> SecretValues? {
    guard presets[OAuthClient.idField] == nil else { return givenClient() }
    guard application == nil else { return nil }
    if record.values.contains(KeptRegistration.setting) {
      return link.registersAnew ? nil : record.values.client()
    }
    return asksForClient ? nil : record.values.client()
  }

  private var asksForClient: Bool { form.fields.contains { $0.id == OAuthClient.idField } }
}
