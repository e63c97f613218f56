internal import Basics
internal import Catalogues
internal import Connections
internal import Drafts
internal import Onboarding
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// Makes what the wizard begins with where the values of a connection give way to others, whichever command asks for it.
struct ReplacementMaker {
  let catalogue: Catalogue

  /// - Parameters:
  ///   - record: the connection as it is.
  ///   - given: the form of the provider that the command line names; nil for the entry that the connection was made
  ///     with, beside the guide that is known for it.
  ///   - options: what the command line says besides, which counts before what is kept; nil where it says nothing.
  func opening(
    replacing record: borrowing ConnectionRecord, _ purpose: Replacement.Purpose = .replace,
    form given: Form? = nil, options: WizardOptions? = nil, in session: borrowing StoreSession
  ) throws -> Opening {
    let form = given ?? catalogue.form(of: record.provider)
    let name = record.facts.name
    let replacement = Replacement(of: record, token: try session.tokens(of: name), purpose)
    let applications = try session.applications(
      for: form.provider, named: options?.application ?? record.facts.application)
    var opening = catalogue.opening(
      of: form, as: name, nil, applications, client: client(of: record, form, options))
    if !replacement.isEdit { opening.kept = try session.resume(name) }
    opening.replacement = replacement
    opening.known = known(of: record, replacement, form, applications, options)
    return opening
  }

  /// What the wizard begins with: everything for a change, else what stays. The fields of an application stay empty where
  /// it is kept under a name, or another one is to take its place.
  private func known(
    of record: borrowing ConnectionRecord, _ replacement: Replacement, _ form: Form,
    _ applications: [ApplicationFacts], _ options: WizardOptions?
  ) -> SecretValues {
    if replacement.isEdit { return record.values.duplicate() }
    var known = record.keptValues(of: form)
    let application = options?.application ?? record.facts.application
    let isElsewhere =
      options?.application != nil || options?.presets[OAuthClient.idField] != nil
      || applications.contains { $0.name == application }
    guard isElsewhere else { return known }
    for field in form.fields where form.isOfApplication(field) { known.remove(field.id) }
    return known
  }

  /// The client that nobody types: one that registered itself, unless it is to do so anew, or one that the form does not
  /// ask for. What the command line names goes before it.
  private func client(
    of record: borrowing ConnectionRecord, _ form: Form, _ options: WizardOptions?
  ) -> SecretValues? {
    if let id = options?.presets[OAuthClient.idField] {
      return form.needsApplication ? nil : SecretValues.client(named: id)
    }
    guard LinkWay(form.provider) != nil, options?.application == nil,
      record.facts.application == nil
    else { return nil }
    if record.values.contains(KeptRegistration.setting) {
      return options?.link.registersAnew == true ? nil : record.values.client()
    }
    return form.needsApplication ? nil : record.values.client()
  }
}

extension SecretMap<Field.ID> {
  /// A client that has no secret.
  static func client(named id: String) -> SecretValues {
    var client = SecretValues()
    client.set(OAuthClient.idField, to: SecretBuffer(text: id, capacity: 1))
    return client
  }
}
