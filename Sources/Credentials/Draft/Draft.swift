package import Guides
internal import Secrets

/// What has been typed so far, for one provider's form. Every value is held as a secret, whether it is one or not.
///
/// The interface can write a value and cannot read it back when it is masked: `state(of:)` says what may be shown.
/// Asking for a field that the form does not have is a programmer's error and traps.
package struct Draft: ~Copyable, Sendable {
  package let form: Form
  let entries: [DraftEntry]

  /// A draft with the form's initial values; presets win over those.
  ///
  /// - Parameter chance: what values are made up from that begin with such a one.
  package init(form: Form, presets: [Field.ID: String] = [:], chance: Chance = Chance()) {
    self.form = form
    var chance = chance
    entries = form.fields.map { field in
      let initial = field.isGenerated ? chance.uuid() : field.initial
      return DraftEntry(field, in: form.provider, text: presets[field.id] ?? initial)
    }
  }

  /// A draft that goes on with values of an earlier session. Values of fields that the form no longer has are wiped.
  package init(
    form: Form, resuming values: consuming SecretValues, chance: Chance = Chance()
  ) {
    self.init(form: form, chance: chance)
    for entry in entries where values.contains(entry.field.id) {
      values.withBytes(of: entry.field.id) { bytes in
        entry.value = SecretBuffer(capacity: max(entry.field.capacity, bytes.byteCount))
        entry.value.append(bytes)
      }
      entry.caret = entry.value.count
    }
  }

  /// Whether leaving now would throw away something that the user typed.
  package var hasTypedValues: Bool {
    entries.contains { $0.isEdited && !$0.value.isEmpty }
  }

  /// Whether the field is to be shown: asked at all, and its condition on another field is met.
  package borrowing func isShown(_ id: Field.ID) -> Bool {
    let entry = entry(id)
    return entry.asked.isAsked && meetsCondition(entry)
  }

  /// Marks a value as right in spite of findings that can be overridden. The next edit takes the mark away.
  package mutating func insist(on id: Field.ID) { entry(id).isInsisted = true }

  /// The first field, in the order of the form, that keeps the draft from being submitted.
  package borrowing func firstBlocked() -> Field.ID? {
    entries.first { isShown($0.field.id) && isBlocked($0) }?.field.id
  }

  /// The values as they will be checked and saved: without empty ones, and without fields whose condition is not met.
  /// Hidden fields go with their initial value.
  package borrowing func submission() -> Submission {
    var values = SecretValues()
    for entry in entries where !entry.value.isEmpty && meetsCondition(entry) {
      values.set(entry.field.id, to: entry.value.duplicate())
    }
    return Submission(provider: form.provider, values: values)
  }

  borrowing func entry(_ id: Field.ID) -> DraftEntry {
    guard let entry = entries.first(where: { $0.field.id == id }) else {
      preconditionFailure("the form has no field \(id)")
    }
    return entry
  }

  /// `visible_when`: the other field, of the same scope, has to hold the given text, and to be visible itself. Of
  /// fields that wait for each other in a circle none is.
  borrowing func meetsCondition(_ entry: DraftEntry) -> Bool {
    var entry = entry
    for _ in entries {
      guard let condition = entry.field.visibleWhen else { return true }
      let id = Field.ID(entry.field.id.scope, condition.field)
      guard let other = entries.first(where: { $0.field.id == id }),
        other.value.withBytes({ $0.equals(condition.equals.utf8) })
      else { return false }
      entry = other
    }
    return false
  }
}
