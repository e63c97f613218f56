package import GuideText

extension Form {
  /// What a provider asks for, by the rules of the provider format: which fields, in which order, how they are
  /// called, what they start with, and which step of the guide explains them.
  ///
  /// A field without a `doc_section`, or with one that leads nowhere, belongs to the last step. A provider without a
  /// guide gives fields without a step: they are asked on one page of their own. So are the settings of an
  /// integration's owner, which come before everything else (whoever runs Usher is that owner), except those that a
  /// step of the guide explains. What a link with a person's consent needs besides stands in front of all.
  package init(provider: Provider, guide: Guide?) {
    var numbering = Numbering(next: 100)
    let base = BaseCredentials.names(of: provider)
    for name in base { numbering.number(name) }

    var ordered: [(field: Field, order: Int)] = []
    for field in Self.credentials(of: provider, base: base) {
      ordered.append((field, numbering.number(field.id.name)))
    }
    for field in provider.fields(of: .connectionConfig) {
      if let order = field.order, order != 0 {
        ordered.append((field, order))
      } else {
        ordered.append((field, numbering.nextNumber()))
      }
    }
    for field in provider.fields(of: .assertionOption) {
      ordered.append((field, numbering.nextNumber()))
    }

    let steps = guide.map { ($0.steps.count, StepLookup($0)) }
    let fields = ordered.enumerated()
      .sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
      .map { FormField(asking: $0.element.field, order: $0.element.order, steps: steps) }
    let settings = Self.settings(of: provider, steps?.1)
    let asked = Self.askedForConsent(of: provider, before: settings.count, steps)
    self.init(provider: provider, guide: guide, fields: asked + settings + fields)
    promptForNeededSettings()
  }

  /// A setting that is hidden and empty, and that an address cannot do without, has to come from somebody.
  private mutating func promptForNeededSettings() {
    let empty = fields.indices.filter { !fields[$0].isPrompted && fields[$0].initial.isEmpty }
    guard !empty.isEmpty else { return }
    let needed = provider.fieldsNeededInAddresses
    for index in empty where needed.contains(fields[index].id) && !fields[index].isGenerated {
      fields[index].isPrompted = true
      fields[index].acceptsEmpty = false
    }
  }

  /// What an integration's owner sets, in the order that the entry gives it. A two-step provider's settings are asked
  /// among its credentials instead.
  private static func settings(of provider: Provider, _ steps: StepLookup?) -> [FormField] {
    guard !provider.authMode.rules.asksSettingsAsCredentials else { return [] }
    let settings = provider.fields(of: .integrationConfig).enumerated()
      .sorted { ($0.element.order ?? .max, $0.offset) < ($1.element.order ?? .max, $1.offset) }
    let generated = GeneratedFields.all(of: provider)
    let count = settings.count + generated.count
    return settings.enumerated().map { index, setting in
      var field = FormField(asking: setting.element, order: index - count)
      field.step = setting.element.docSection.flatMap { steps?.step(for: $0) }?.index
      return field
    } + generated
  }

  /// What an entry does not declare, or says that a server fills, and that the operator has to give for a link with a
  /// person's consent: the application first.
  private static func askedForConsent(
    of provider: Provider, before settings: Int, _ steps: (count: Int, lookup: StepLookup)?
  ) -> [FormField] {
    let own = provider.authMode.rules.consentFields(provider).filter { field in
      !provider.fields.contains { $0.id == field.id && !$0.isAutomated }
    }
    let fields = own + OwnersFields.all(of: provider, besides: own.map(\.id))
    return fields.enumerated().map { index, field in
      // A setting that a redirect would bring belongs to the account.
      let isOfApplication = !AuthorizationRules(provider).foundInRedirect.contains(field.id.name)
      var asked = FormField(
        asking: field, order: index - fields.count - settings,
        steps: isOfApplication && field.docSection == nil ? nil : steps)
      asked.isOfApplication = isOfApplication
      return asked
    }
  }

  /// Base credentials (declared or not), then the declared rest, then what a two-step provider's owner has not set.
  private static func credentials(of provider: Provider, base: [String]) -> [Field] {
    let declared = provider.fields(of: .credentials)
    let declaredNames = Set(provider.fields.filter { $0.id.scope == .credentials }.map(\.id.name))
    var fields = base.filter { !declaredNames.contains($0) }
      .map { Field(id: .init(.credentials, $0)) }
    fields += declared
    if provider.authMode.rules.asksSettingsAsCredentials {
      fields += provider.fields(of: .integrationConfig)
        .filter { !declaredNames.contains($0.id.name) }
        .map(\.asCredential)
    }
    return fields
  }

  /// Hands out the order numbers of fields that have none of their own. Numbers start at 100, behind every `order`
  /// that a provider file uses to put a setting in front of the credentials.
  private struct Numbering {
    var next: Int
    private var taken: [String: Int] = [:]

    init(next: Int) { self.next = next }

    mutating func nextNumber() -> Int {
      defer { next += 1 }
      return next
    }

    /// A credential keeps the number of the base credential of its name.
    @discardableResult
    mutating func number(_ name: String) -> Int {
      if let number = taken[name] { return number }
      let number = nextNumber()
      taken[name] = number
      return number
    }
  }
}

extension Provider {
  /// The fields of one scope that are asked or sent at all, in written order.
  fileprivate func fields(of scope: Field.Scope) -> [Field] {
    fields.filter { $0.id.scope == scope && !$0.isAutomated }
  }
}

extension Field {
  /// An integration's setting that nobody has set: whoever links the account gives it, as one of the credentials,
  /// where the templates look for it. It is mandatory then.
  fileprivate var asCredential: Field {
    var field = self
    field.id = ID(.credentials, id.name)
    field.isOptional = false
    field.order = nil
    return field
  }
}

extension FormField {
  /// - Parameter steps: those of the guide, nil where there is none or where none explains the field.
  package init(asking field: Field, order: Int, steps: (count: Int, lookup: StepLookup)? = nil) {
    let fallback = field.id.scope == .credentials ? BaseCredentials.labels[field.id.name] : nil
    self.init(
      field: field, order: order,
      label: field.title.isEmpty ? fallback ?? field.id.name : field.title,
      placeholder: field.example.flatMap { $0.isEmpty ? nil : $0 },
      initial: Self.initial(of: field),
      isMasked: Masking.masks(field),
      acceptsEmpty: Self.acceptsEmpty(field),
      isPrompted: !field.isHidden,
      step: steps.flatMap { Self.step(of: field, in: $0.lookup, count: $0.count) })
  }

  /// The default, else for a mandatory choice the first one. A hidden field without a default stays empty, and is
  /// not sent.
  private static func initial(of field: Field) -> String {
    if let value = field.defaultValue { return value }
    if field.isHidden || field.isOptional { return "" }
    return field.choices.first ?? ""
  }

  /// Optional fields do, hidden ones are not checked, and a default that is present (even the empty one) says that
  /// nothing has to be typed, unless the value has to be of a form that an empty text does not have.
  private static func acceptsEmpty(_ field: Field) -> Bool {
    if field.isOptional || field.isHidden { return true }
    guard field.defaultValue != nil, field.format == nil, field.choices.isEmpty else {
      return false
    }
    // One that is not valid is skipped.
    let pattern = field.pattern.flatMap { try? Pattern($0) }
    return pattern?.matches("") ?? true
  }

  private static func step(of field: Field, in lookup: StepLookup, count: Int) -> Int? {
    if let section = field.docSection, let found = lookup.step(for: section) { return found.index }
    return count == 0 ? nil : count - 1
  }
}
