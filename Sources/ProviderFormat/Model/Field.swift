/// One value that a provider asks for, as its entry declares it. What the form makes of it (order, masking, step) is
/// `FormField`.
package struct Field: Sendable, Equatable {
  /// Which part of the entry declares the field, and so which part of a submission it belongs to.
  package enum Scope: String, Sendable, CaseIterable {
    case credentials
    case connectionConfig = "connection_config"
    case assertionOption = "assertion_option"
    /// Set by whoever owns the integration, which is the operator: asked before everything else, or, of a two-step
    /// provider, among the credentials.
    case integrationConfig = "integration_config"

    /// The first word of the field's name in a submission: `credentials.apiKey`, `params.subdomain`.
    package var submissionKey: String {
      switch self {
      case .credentials: "credentials"
      case .connectionConfig: "params"
      case .assertionOption: "assertion_option"
      case .integrationConfig: "integration_config"
      }
    }
  }

  /// Scope and name: nyne-ai has an `apiKey` in two scopes.
  package struct ID: Hashable, Sendable, CustomStringConvertible {
    /// The map of the entry that declares it.
    package let scope: Scope
    /// The key in that map.
    package let name: String

    package init(_ scope: Scope, _ name: String) {
      self.scope = scope
      self.name = name
    }

    /// `credentials.apiKey`, as submissions, `--set` and messages write it; `init(_:)` reads it.
    package var description: String { "\(scope.submissionKey).\(name)" }

    /// Reads `credentials.apiKey`, `params.subdomain` and the entry's own spelling `connection_config.subdomain`.
    package init?(_ text: String) {
      let parts = text.split(separator: ".", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      guard
        let scope = Scope.allCases.first(where: {
          $0.submissionKey == parts[0] || $0.rawValue == parts[0]
        })
      else { return nil }
      self.init(scope, String(parts[1]))
    }
  }

  /// What the value has to look like, apart from its pattern.
  package enum Format: String, Sendable {
    case hostname, uuid, email, uri
  }

  /// A condition on another field of the same scope.
  package struct Visibility: Sendable, Equatable {
    /// The setting that it depends on.
    package var field: String
    /// The value that the setting must have.
    package var equals: String

    package init(field: String, equals: String) {
      self.field = field
      self.equals = equals
    }
  }

  /// Scope and name.
  package var id: ID
  /// The label; may be empty for hidden and automated fields.
  package var title: String
  /// The sentences below the label, Markdown links among them; empty where the entry has none.
  package var description: String
  /// A value of the right form that is nobody's (`example`).
  package var example: String?
  /// An ECMAScript expression, searched in the value and not anchored by the engine.
  package var pattern: String?
  /// The form of its values (`format`); nil for any text.
  package var format: Format?
  /// The choices of a drop-down; empty when any text is allowed.
  package var choices: [String]
  /// Whether it may be left empty (`optional`).
  package var isOptional: Bool
  /// The initial value. Present and empty means that an empty value passes.
  package var defaultValue: String?
  /// Whether it is not asked unless it has to be (`hidden`).
  package var isHidden: Bool
  /// Filled by a server: never asked, never sent.
  package var isAutomated: Bool
  /// `secret: true` in the entry. `FormField.isMasked` is what the screen goes by.
  package var isDeclaredSecret: Bool
  /// Its place among the fields (`order`); those without one come last.
  package var order: Int?
  /// Decoration left and right of the input; not part of the value.
  package var prefix: String?
  /// What stands behind the input and belongs to no value (`suffix`).
  package var suffix: String?
  /// The fragment, with its `#`, of the guide's heading that explains the field.
  package var docSection: String?
  /// The setting on which it depends (`visible_when`).
  package var visibleWhen: Visibility?
  /// A sentence to show while the field has the given value.
  package var warnings: [String: String]
  /// One-based line in the provider file; 0 when there is none.
  package var line: Int

  /// What is left out is what an entry means that does not say it: a text of any form, required and shown.
  package init(
    id: ID, title: String = "", description: String = "", example: String? = nil,
    pattern: String? = nil, format: Format? = nil, choices: [String] = [],
    isOptional: Bool = false, defaultValue: String? = nil, isHidden: Bool = false,
    isAutomated: Bool = false, isDeclaredSecret: Bool = false, order: Int? = nil,
    prefix: String? = nil, suffix: String? = nil, docSection: String? = nil,
    visibleWhen: Visibility? = nil, warnings: [String: String] = [:], line: Int = 0
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.example = example
    self.pattern = pattern
    self.format = format
    self.choices = choices
    self.isOptional = isOptional
    self.defaultValue = defaultValue
    self.isHidden = isHidden
    self.isAutomated = isAutomated
    self.isDeclaredSecret = isDeclaredSecret
    self.order = order
    self.prefix = prefix
    self.suffix = suffix
    self.docSection = docSection
    self.visibleWhen = visibleWhen
    self.warnings = warnings
    self.line = line
  }
}
