internal import Basics
internal import Catalogues
internal import GuideText
internal import ProviderFormat

/// A provider as the export shows it: its fields in the order of the form, and how it is checked.
enum ProviderExport {
  static func value(of provider: Provider, at path: GuidePath?, _ guide: Guide?) -> Value {
    // Settings are told apart, as `integration_fields`: they are not part of what a link asks for. Nor is what an
    // application's owner gives once.
    let fields = Form(provider: provider, guide: guide).fields.filter { field in
      !field.isSetting && (provider.authMode.isFormBased || isDeclared(field, by: provider))
    }
    let automated = Field.Scope.allCases.flatMap { scope in
      provider.fields.filter { $0.isAutomated && $0.id.scope == scope }
        .map { Value.string("\(scope.rawValue).\($0.id.name)") }
    }
    let owned = provider.fields.filter { $0.id.scope == .integrationConfig }
    return .map(
      .init([
        .init(key: "asked", value: .strings(fields.filter(\.isPrompted).map(\.id.description))),
        .init(key: "auth_mode", value: .string(provider.authMode.rawValue)),
        .init(key: "automated", value: .list(automated)),
        .init(key: "categories", value: .strings(provider.categories)),
        .init(key: "display_name", value: .string(provider.displayName)),
        .init(key: "docs", value: .optional(provider.docs)),
        .init(key: "docs_connect", value: .optional(provider.docsConnect)),
        .init(key: "fields", value: .list(fields.map { field($0, provider, guide) })),
        .init(key: "form_based", value: .bool(provider.authMode.isFormBased)),
        .init(key: "guide", value: .optional(path?.relativePath)),
        .init(key: "guide_found_by", value: .optional(path?.foundBy.rawValue)),
        .init(key: "integration_fields", value: .list(owned.map(integrationField))),
        .init(key: "verification", value: verification(provider)),
      ]))
  }

  private static func isDeclared(_ field: FormField, by provider: Provider) -> Bool {
    provider.fields.contains { $0.id == field.id && !$0.isAutomated }
  }

  // MARK: Fields

  private static func field(_ field: FormField, _ provider: Provider, _ guide: Guide?) -> Value {
    // A setting that is asked as a credential is declared elsewhere.
    let isDeclared = provider.fields.contains { $0.id == field.id }
    let isSetting = provider.fields.contains { $0.id == .init(.integrationConfig, field.id.name) }
    let scope = !isDeclared && isSetting ? Field.Scope.integrationConfig : field.id.scope
    var members = self.members(
      of: field, scope: scope, submitAs: field.id.scope.submissionKey, order: field.order)
    if let guide, let section = field.field.docSection {
      let found = guide.step(for: section)
      members.append(.init(key: "doc_step", value: found.map { .int($0.index) } ?? .null))
      members.append(.init(key: "doc_step_found_by", value: .optional(found?.match.rawValue)))
    }
    return .map(.init(members.sorted { $0.key < $1.key }))
  }

  private static func integrationField(_ field: Field) -> Value {
    let form = FormField(asking: field, order: field.order ?? 0)
    let scope = Field.Scope.integrationConfig
    var members = self.members(
      of: form, scope: scope, submitAs: scope.submissionKey, order: field.order)
    let condition = field.visibleWhen.map {
      Value.map(
        .init([
          .init(key: "equals", value: .string($0.equals)),
          .init(key: "field", value: .string($0.field)),
        ]))
    }
    let warnings = field.warnings.sorted { $0.key < $1.key }.map {
      Value.Member(key: $0.key, value: .string($0.value))
    }
    members.append(.init(key: "visible_when", value: condition ?? .null))
    members.append(
      .init(key: "warnings", value: warnings.isEmpty ? .null : .map(.init(warnings))))
    return .map(.init(members))
  }

  private static func members(
    of field: FormField, scope: Field.Scope, submitAs: String, order: Int?
  ) -> [Value.Member] {
    let declared = field.field
    let fallback = scope == .credentials ? BaseCredentials.labels[declared.id.name] : nil
    let initial: Value =
      declared.isHidden && declared.defaultValue == nil ? .null : .string(field.initial)
    let isValid = declared.pattern.map { (try? Pattern($0)) != nil } ?? true
    return [
      .init(key: "accepts_empty", value: .bool(field.acceptsEmpty)),
      .init(key: "default", value: .optional(declared.defaultValue)),
      .init(key: "description", value: .nonEmpty(declared.description)),
      .init(key: "doc_section", value: .optional(declared.docSection)),
      .init(key: "enum", value: declared.choices.isEmpty ? .null : .strings(declared.choices)),
      .init(key: "example", value: .optional(declared.example)),
      .init(key: "format", value: .optional(declared.format?.rawValue)),
      .init(key: "hidden", value: .bool(declared.isHidden)),
      .init(key: "initial", value: initial),
      .init(key: "name", value: .string(declared.id.name)),
      .init(key: "optional", value: .bool(declared.isOptional)),
      .init(key: "order", value: order.map(Value.int) ?? .null),
      .init(key: "pattern", value: .optional(declared.pattern)),
      .init(key: "pattern_is_valid", value: .bool(isValid)),
      .init(key: "prefix", value: .optional(declared.prefix)),
      .init(key: "scope", value: .string(scope.rawValue)),
      .init(key: "secret", value: .bool(Masking.isDeclared(declared))),
      .init(key: "submit_as", value: .string(submitAs)),
      .init(key: "suffix", value: .optional(declared.suffix)),
      .init(
        key: "title", value: .nonEmpty(declared.title.isEmpty ? fallback ?? "" : declared.title)),
    ]
  }

  // MARK: Check

  /// What is checked when a connection is made, by the auth mode.
  private static func verification(_ provider: Provider) -> Value {
    switch provider.authMode.rules.proof {
    case .nothing: return kind("none")
    case .token: return kind("token")
    case .endpoints:
      if let script = provider.verificationScript {
        return kind("script", [.init(key: "script", value: .string(script))])
      }
      guard let check = provider.proxy.verification else { return kind("none") }
      let base = check.baseURLOverride ?? provider.proxy.baseURL
      return .map(
        .init([
          .init(key: "base_url", value: .optional(base)),
          .init(key: "endpoints", value: .strings(check.endpoints)),
          .init(key: "kind", value: .string("http")),
          .init(key: "method", value: .string(check.method)),
        ]))
    }
  }

  private static func kind(_ kind: String, _ members: [Value.Member] = []) -> Value {
    .map(.init([.init(key: "kind", value: .string(kind))] + members))
  }
}

extension Value {
  fileprivate static func nonEmpty(_ string: String) -> Value {
    string.isEmpty ? .null : .string(string)
  }
}
