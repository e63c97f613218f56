package import GuideText

/// A field as the form asks for it: ordered, labelled, masked or not, and tied to the step that explains it.
package struct FormField: Sendable, Equatable {
  /// What the entry declares.
  package var field: Field
  /// Ascending; fields are asked in this order.
  package var order: Int
  /// What it is called on screen.
  package var label: String
  /// Shown in the empty input: the example, else nothing.
  package var placeholder: String?
  /// What the input starts with.
  package var initial: String
  /// Whether the value is hidden while it is typed. Never less than Nango masks, and more.
  package var isMasked: Bool
  /// Whether an empty value passes.
  package var acceptsEmpty: Bool
  /// Whether the user sees it at all. Hidden fields are sent with their initial value.
  package var isPrompted: Bool
  /// Index into the guide's steps. Nil when the provider has no guide, and for settings, which come before its steps.
  package var step: Int?
  /// Whether a draft begins with a UUID made for it, which the user carries to the provider. No secret.
  package var isGenerated: Bool
  /// Whether it belongs to an application that the operator registered with the provider, so that it is the same for
  /// every account that is linked with that application.
  package var isOfApplication: Bool

  package init(
    field: Field, order: Int, label: String, placeholder: String? = nil, initial: String = "",
    isMasked: Bool, acceptsEmpty: Bool = false, isPrompted: Bool = true, step: Int? = nil,
    isGenerated: Bool = false, isOfApplication: Bool = false
  ) {
    self.field = field
    self.order = order
    self.label = label
    self.placeholder = placeholder
    self.initial = initial
    self.isMasked = isMasked
    self.acceptsEmpty = acceptsEmpty
    self.isPrompted = isPrompted
    self.step = step
    self.isGenerated = isGenerated
    self.isOfApplication = isOfApplication
  }

  /// Scope and name, which no two fields of a form share.
  package var id: Field.ID { field.id }

  /// Whether it is set by the integration's owner, or made for them, before the account's own values are asked.
  package var isSetting: Bool { id.scope == .integrationConfig || isGenerated }
}

/// Everything a provider asks for, in order, and the guide that explains it.
package struct Form: Sendable, Equatable {
  /// Whose form it is.
  package var provider: Provider
  /// The guide that its steps come from; nil where there is none.
  package var guide: Guide?
  /// Hidden ones included; see `FormField.isPrompted`.
  package var fields: [FormField]

  package init(provider: Provider, guide: Guide?, fields: [FormField]) {
    self.provider = provider
    self.guide = guide
    self.fields = fields
  }
}
