package import Basics
package import Drafts
package import ProviderFormat
package import Requests
internal import Secrets

extension Form {
  /// Whether an application stands behind the link that somebody has to register.
  package var needsApplication: Bool { fields.contains { $0.id == OAuthClient.idField } }

  /// Whether a field belongs to the application and not to an account: all of them have the same value there.
  package func isOfApplication(_ field: FormField) -> Bool {
    needsApplication && (field.isOfApplication || field.isSetting)
  }
}

extension Application {
  /// The application that an account was linked with, to be kept for further ones; nil where it has no identifier.
  /// - Parameters:
  ///   - submission: what was typed, the application among it.
  ///   - callback: what it is registered with.
  package init?(
    name: ApplicationName, of submission: borrowing Submission, by form: Form, callback: Callback,
    now: Timestamp
  ) {
    let id = submission.values.withBytes(of: OAuthClient.idField) { $0.shownText }
    guard !id.isEmpty else { return nil }
    var others = SecretValues()
    for field in form.fields where form.isOfApplication(field) {
      guard field.id != OAuthClient.idField, field.id != OAuthClient.secretField else { continue }
      if let value = submission.values.duplicate(of: field.id) { others.set(field.id, to: value) }
    }
    let client = OAuthClient(
      id: id, secret: submission.values.duplicate(of: OAuthClient.secretField), callback: callback)
    let facts = ApplicationFacts(
      name: name, provider: form.provider.slug, clientID: id, callback: callback, created: now,
      changed: now)
    self.init(facts: facts, client: client, values: others)
  }
}
