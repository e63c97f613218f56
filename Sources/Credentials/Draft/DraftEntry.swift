internal import Guides
internal import Secrets

/// One field of a draft. A class only because arrays cannot hold noncopyable values; nobody outside the draft that
/// owns it ever sees it, so it needs no lock.
final class DraftEntry: @unchecked Sendable {
  let asked: FormField
  let rules: FieldRules
  /// Whether the value may have several lines.
  let isMultiline: Bool
  var value: SecretBuffer
  /// Byte offset, always between two scalars.
  var caret: Int
  var isInsisted = false
  var repairs: [Repair] = []
  /// Whether the user gave the value, rather than the form or an earlier session.
  var isEdited = false

  init(_ asked: FormField, in provider: Provider, text: String) {
    self.asked = asked
    rules = FieldRules(asked, in: provider)
    isMultiline = asked.field.takesSeveralLines
    value = SecretBuffer(text: text, capacity: asked.field.capacity)
    caret = value.count
  }

  var field: Field { asked.field }

  /// What every edit does besides changing the value.
  func noteEdit(repairs: [Repair] = []) {
    isEdited = true
    isInsisted = false
    self.repairs = repairs
  }
}
