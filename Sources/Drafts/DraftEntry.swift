internal import ProviderFormat

/// One field of a draft, but for its value.
struct DraftEntry: Sendable {
  let asked: FormField
  let rules: FieldRules
  /// Whether the value may have several lines.
  let isMultiline: Bool
  /// What repairs have to know of it.
  let context: RepairContext
  /// Byte offset, always between two scalars.
  var caret = 0
  var isOverridden = false
  /// Whether it was given to be used whatever the rules say.
  var isTakenAsIs = false
  var repairs: [Repair] = []
  /// Whether the user gave the value, rather than the form or an earlier session.
  var isEdited = false

  init(_ asked: FormField, in provider: Provider, _ uses: FieldUses) {
    self.asked = asked
    let rules = FieldRules(asked, in: provider, uses)
    let isMultiline = asked.field.takesSeveralLines || rules.demand?.isFile == true
    context = RepairContext(asked, rules, isMultiline: isMultiline, in: provider)
    (self.rules, self.isMultiline) = (rules, isMultiline)
  }

  var field: Field { asked.field }
  var id: Field.ID { asked.field.id }
}
