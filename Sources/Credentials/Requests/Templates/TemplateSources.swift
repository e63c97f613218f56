internal import Guides
internal import Secrets

/// Everything that templates can name: the submission's values, what was derived or fetched on the way, and the
/// moment. Owned by one check and wiped with it.
struct TemplateSources: ~Copyable {
  let provider: Provider
  let values: SecretValues
  /// By the name that a template uses, scope included: `derived.keyID`, `accessToken`.
  var fetched = NamedSecrets()
  /// What is known of the request for which a header is being made.
  var request: [String: String] = [:]
  let now: Timestamp
  /// One UUID for everything in a request.
  let random: String
  /// Fields whose values must not be shown.
  let secretFields: Set<Field.ID>
  /// Fields that count as empty rather than absent: a Basic user name and password.
  let alwaysPresent: Set<Field.ID>

  init(
    of submission: consuming Submission, now: Timestamp = .now(), random: String = UUIDText.random()
  ) {
    let provider = submission.provider
    self.provider = provider
    secretFields = provider.secretFields(among: submission.values.fields)
    values = submission.values
    self.now = now
    self.random = random
    alwaysPresent =
      provider.authMode == .basic
      ? [.init(.credentials, "username"), .init(.credentials, "password")] : []
  }

  /// Writes the value of a name; false when there is none. A setting with an empty value counts as none.
  borrowing func write(
    _ name: String, allowing names: TemplateNames, to text: inout SecretWriter, isRedacting: Bool
  ) -> Bool {
    if names.contains(.request), let fact = request[name] {
      text.append(text: fact)
      return true
    }
    let isFetched = names.contains(name.hasPrefix("derived.") ? .derived : .fetched)
    if isFetched, fetched.contains(name) {
      if isRedacting {
        text.append(text: Redactor.mark)
      } else {
        fetched.withBytes(of: name) { text.append($0) }
      }
      return true
    }
    guard let id = field(name, allowing: names) else { return false }
    guard values.contains(id) else { return alwaysPresent.contains(id) }
    return values.withBytes(of: id) { bytes in
      if bytes.isEmpty { return alwaysPresent.contains(id) }
      if isRedacting, secretFields.contains(id) {
        text.append(text: Redactor.mark)
      } else {
        text.append(bytes)
      }
      return true
    }
  }

  /// The field that a name means: by its scope, else as a bare credential.
  private borrowing func field(_ name: String, allowing names: TemplateNames) -> Field.ID? {
    let scopes: [(prefix: String, names: TemplateNames, scope: Field.Scope)] = [
      ("credentials.", .credentials, .credentials),
      ("connectionConfig.", .connectionConfig, .connectionConfig),
      ("assertionOption.", .assertionOption, .assertionOption),
      ("integrationConfig.", .integrationConfig, .integrationConfig),
    ]
    for (prefix, needed, scope) in scopes where name.hasPrefix(prefix) {
      guard names.contains(needed) else { return nil }
      return Field.ID(scope, String(name.dropFirst(prefix.count)))
    }
    return names.contains(.bareCredentials) ? Field.ID(.credentials, name) : nil
  }
}

extension Provider {
  /// The fields, among those that have values, that are masked in the form. One that the form does not know counts as
  /// secret.
  func secretFields(among fields: [Field.ID]) -> Set<Field.ID> {
    let form = Form(provider: self, guide: nil)
    let shown = Set(form.fields.filter { !$0.isMasked }.map(\.id))
    return Set(fields).subtracting(shown)
  }
}
