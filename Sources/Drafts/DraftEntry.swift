internal import ProviderFormat

/// One field of a draft, but for its value.
struct DraftEntry: Sendable {
  private let prepared: PreparedField
  /// Byte offset, always between two scalars.
  var caret = 0
  var isOverridden = false
  /// Whether it was given to be used whatever the rules say.
  var isAcceptedAsIs = false
  var repairs: [Repair] = []
  /// Whether the user gave the value, rather than the form or an earlier session.
  var isEdited = false

  init(_ asked: FormField, in provider: Provider, _ uses: FieldUses) {
    prepared = PreparedField(asked, in: provider, uses)
  }

  var asked: FormField { prepared.asked }
  var rules: FieldRules { prepared.rules }
  /// Whether the value may have several lines.
  var isMultiline: Bool { prepared.isMultiline }
  /// What repairs have to know of it.
  var context: RepairContext { prepared.context }
  var field: Field { asked.field }
  var id: Field.ID { asked.field.id }
}

/// What never changes of an entry. Shared by all of its copies, of which one is made at every question.
final class PreparedField: Sendable {
  let asked: FormField
  let rules: FieldRules
  let isMultiline: Bool
  let context: RepairContext

  init(_ asked: FormField, in provider: Provider, _ uses: FieldUses) {
    self.asked = asked
    let rules = FieldRules(asked, in: provider, uses)
    let isMultiline = asked.field.takesSeveralLines || rules.demand?.isFile == true
    context = RepairContext(asked, rules, isMultiline: isMultiline, in: provider)
    (self.rules, self.isMultiline) = (rules, isMultiline)
  }
}
