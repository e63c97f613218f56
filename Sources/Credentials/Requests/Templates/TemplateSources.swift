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
  /// One UUID for everything in a request. A seed's first bytes make it, and are still there for the first nonce.
  let random: String
  /// Where nonces and identifiers of signed requests come from.
  var chance: Chance
  /// Fields whose values must not be shown.
  let secretFields: Set<Field.ID>
  /// Fields that count as empty rather than absent: a Basic user name and password.
  let alwaysPresent: Set<Field.ID>

  init(of submission: consuming Submission, at moment: Moment = Moment()) {
    let provider = submission.provider
    self.provider = provider
    secretFields = provider.secretFields(among: submission.values.fields)
    values = submission.values
    now = moment.now
    chance = moment.chance
    var forUUID = moment.chance
    random = forUUID.uuid()
    alwaysPresent = Set(
      provider.fieldsThatMayBeEmpty.map { Field.ID(.credentials, $0) })
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
    // What the owner of an integration has set wins over what a form asked for.
    let preset = Field.ID(.integrationConfig, id.name)
    if provider.authMode == .twoStep, id.scope == .credentials, values.contains(preset) {
      return write(preset, to: &text, isRedacting: isRedacting)
    }
    return write(id, to: &text, isRedacting: isRedacting)
  }

  private borrowing func write(
    _ id: Field.ID, to text: inout SecretWriter, isRedacting: Bool
  ) -> Bool {
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

  /// What entries also call the client of OAuth.
  private var clientNames: [String: String] {
    provider.authMode == .oauth2ClientCredentials
      ? ["clientId": "client_id", "clientSecret": "client_secret"] : [:]
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
    let credential = Field.ID(.credentials, clientNames[name] ?? name)
    let setting = Field.ID(.connectionConfig, name)
    if names.contains(.bareSettings), !values.contains(credential), values.contains(setting) {
      return setting
    }
    return names.contains(.bareCredentials) ? credential : nil
  }
}

extension Provider {
  /// Credentials that are sent empty when they are empty, by auth mode.
  fileprivate var fieldsThatMayBeEmpty: [String] {
    if authMode == .basic { return ["username", "password"] }
    return authMode == .oauth2ClientCredentials ? ["client_secret"] : []
  }

  /// The fields, among those that have values, that are masked in the form. One that the form does not know counts as
  /// secret.
  func secretFields(among fields: [Field.ID]) -> Set<Field.ID> {
    let form = Form(provider: self, guide: nil)
    let shown = Set(form.fields.filter { !$0.isMasked }.map(\.id))
    return Set(fields).subtracting(shown)
  }
}
