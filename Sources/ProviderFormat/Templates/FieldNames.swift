internal import Basics

extension Field.Scope {
  /// The first word of a field's name in templates.
  fileprivate var templateKey: String {
    switch self {
    case .credentials: "credentials"
    case .connectionConfig: "connectionConfig"
    case .assertionOption: "assertionOption"
    case .integrationConfig: "integrationConfig"
    }
  }
}

extension Field.ID {
  /// What templates call the field: `connectionConfig.subdomain`.
  package var templateName: String { "\(scope.templateKey).\(name)" }

  /// Reads a name with its scope; nil for a bare one.
  package init?(templateName name: String) {
    for scope in Field.Scope.allCases where name.hasPrefix(scope.templateKey + ".") {
      self.init(scope, String(name.dropFirst(scope.templateKey.count + 1)))
      return
    }
    return nil
  }
}

extension Provider {
  /// The fields that a name can mean in a place. The first that has a value is the one: what the owner of an
  /// integration has set wins over what a two-step provider's form asked for.
  package func fields(named name: String, in scope: TemplateScope) -> [Field.ID] {
    var fields: [Field.ID] = []
    if let id = Field.ID(templateName: name) {
      if scope.contains(TemplateScope(id.scope)) { fields = [id] }
    } else {
      let credential = Field.ID(.credentials, authMode.rules.aliases[name] ?? name)
      if scope.contains(.bareCredentials) { fields.append(credential) }
      if scope.contains(.bareSettings) { fields.append(.init(.connectionConfig, name)) }
    }
    if authMode.rules.asksSettingsAsCredentials, let id = fields.first, id.scope == .credentials {
      fields.insert(.init(.integrationConfig, id.name), at: 0)
    }
    return fields
  }

  /// The field that a name is about: a credential unless it says another scope. Of `privateKey.secret`, half of a
  /// value, it is the field with the whole.
  package func field(named name: String) -> Field.ID {
    let id = Field.ID(templateName: name) ?? Field.ID(.credentials, name)
    let whole = dividedCredentials.first { Self.halves(of: $0).contains(id.name) }
    return whole.map { Field.ID(.credentials, $0) } ?? id
  }

  /// In the mode JWT, the credentials of which the key that signs names a half: `privateKey` for
  /// `${credentials.privateKey.secret}`. They are divided at their first colon.
  package var dividedCredentials: [String] {
    guard authMode == .jwt, let key = entry["token"]?["signing_key"]?.text else { return [] }
    return Template(key).names.compactMap { name in
      let id = Field.ID(templateName: name) ?? Field.ID(.credentials, name)
      guard id.scope == .credentials, name.hasSuffix(".secret") else { return nil }
      return String(id.name.dropLast(".secret".count))
    }
  }

  /// What the two halves of a credential are called.
  package static func halves(of credential: String) -> [String] {
    ["\(credential).id", "\(credential).secret"]
  }
}
