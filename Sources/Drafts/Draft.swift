internal import Basics
package import ProviderFormat
internal import Secrets

/// What has been typed so far, for one provider's form. Every value is held as a secret, whether it is one or not.
///
/// The interface can write a value and cannot read it back when it is masked: `state(of:)` says what may be shown.
/// Asking for a field that the form does not have is a programmer's error and traps.
package struct Draft: ~Copyable, Sendable {
  /// What is asked, and on which steps. Never changes.
  package let form: Form
  var entries: [DraftEntry]
  /// Where the entry of a field stands.
  private let places: [Field.ID: Int]
  let dependencies: FieldDependencies
  /// Every field's value, be it an empty one.
  var values = SecretValues()
  /// What the last paste held that was more than one value.
  var pending: PendingPaste?
  let judgements: Judgements
  /// The length of every value, in bytes and in the order of the form.
  private(set) var sizes: [Int]
  /// Which fields are shown, in the order of the form: asked at all, and their conditions on other fields are met.
  package private(set) var shown: [Bool]

  /// A draft with the form's initial values; presets win over those.
  ///
  /// - Parameter randomSource: what values are made up from that begin with such a one.
  package init(
    form: Form, presets: [Field.ID: String] = [:], randomSource: RandomSource = RandomSource()
  ) {
    self.form = form
    var randomSource = randomSource
    let uses = FieldUses(form.provider)
    entries = form.fields.map { DraftEntry($0, in: form.provider, uses) }
    places = Dictionary(
      form.fields.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    dependencies = FieldDependencies(entries, at: places, in: form.provider)
    judgements = Judgements(count: entries.count)
    sizes = Array(repeating: 0, count: entries.count)
    shown = Array(repeating: false, count: entries.count)
    for (index, asked) in form.fields.enumerated() {
      let initial = asked.isGenerated ? randomSource.uuid() : asked.initial
      setValue(
        SecretBuffer(text: presets[asked.id] ?? initial, capacity: asked.field.capacity),
        at: index)
    }
    shown = visibility()
  }

  /// A draft that goes on with values of an earlier session. Values of fields that the form no longer has are wiped.
  package init(
    form: Form, resuming kept: consuming SecretValues, randomSource: RandomSource = RandomSource()
  ) {
    self.init(form: form, randomSource: randomSource)
    for index in entries.indices where kept.contains(entries[index].id) {
      let field = entries[index].field
      let value = kept.withBytes(of: field.id) { bytes in
        SecretBuffer(copying: bytes, capacity: max(field.capacity, bytes.byteCount))
      }
      setValue(value, at: index)
    }
  }

  /// Whether leaving now would throw away something that the user typed.
  package var hasTypedValues: Bool {
    for entry in entries where entry.isEdited && !isEmpty(entry) { return true }
    return false
  }

  /// The fields whose values somebody gave in this session, in the order of the form: neither the form nor an earlier
  /// session did.
  package var editedFields: [Field.ID] {
    var edited: [Field.ID] = []
    for entry in entries where entry.isEdited { edited.append(entry.id) }
    return edited
  }

  /// Whether the field is to be shown: asked at all, and its condition on another field is met.
  package borrowing func isShown(_ id: Field.ID) -> Bool { shown[index(of: id)] }

  /// What the form asks under an identifier; nil when it has no such field.
  package borrowing func field(_ id: Field.ID) -> FormField? {
    places[id].map { entries[$0].asked }
  }

  /// Marks a value as right in spite of findings that can be overridden. The next edit takes the mark away.
  package mutating func insist(on id: Field.ID) { entries[index(of: id)].isOverridden = true }

  /// Takes a value as it stands, whatever the rules say of it. An edit takes that back.
  package mutating func acceptAsIs(_ id: Field.ID) {
    entries[index(of: id)].isOverridden = true
    entries[index(of: id)].isAcceptedAsIs = true
  }

  /// The first field, in the order of the form, that keeps the draft from being submitted.
  package borrowing func firstBlocked() -> Field.ID? {
    for entry in entries where isBlocked(entry) { return entry.id }
    return nil
  }

  /// The values as they will be checked and saved: without empty ones, and without fields whose condition is not met.
  /// Hidden fields go with their initial value.
  package borrowing func submission() -> Submission {
    var submitted = SecretValues()
    for entry in entries where !isEmpty(entry) && meetsCondition(entry) {
      if let value = values.duplicate(of: entry.id) { submitted.set(entry.id, to: value) }
    }
    return Submission(provider: form.provider, values: submitted)
  }

  borrowing func index(of id: Field.ID) -> Int {
    guard let index = places[id] else {
      preconditionFailure("the form has no field \(id)")
    }
    return index
  }

  borrowing func entry(_ id: Field.ID) -> DraftEntry { entries[index(of: id)] }

  borrowing func isEmpty(_ entry: DraftEntry) -> Bool {
    values.withBytes(of: entry.id) { $0.isEmpty }
  }

  /// A whole value in place of the one before, with the caret behind it.
  mutating func setValue(_ value: consuming SecretBuffer, at index: Int) {
    entries[index].caret = value.count
    values.set(entries[index].id, to: value)
    forgetJudgements(at: index)
  }

  /// After every change of a value: takes back what was known of it, and of the fields that it means something for.
  mutating func forgetJudgements(at index: Int) {
    let before = sizes[index]
    let size = values.withBytes(of: entries[index].id) { $0.byteCount }
    sizes[index] = size
    if dependencies.names(index) { return judgements.forgetAll() }
    if dependencies.decides(index) {
      let visibility = visibility()
      if visibility != shown {
        shown = visibility
        return judgements.forgetAll()
      }
    }
    judgements.forget(index)
    for taker in dependencies.offered(from: index) { judgements.forget(taker) }
    // Values of one length may be the same, of which the rules say something.
    for other in sizes.indices where sizes[other] > 0 && other != index {
      if sizes[other] == size || sizes[other] == before { judgements.forget(other) }
    }
  }

  private borrowing func visibility() -> [Bool] {
    var shown: [Bool] = []
    for entry in entries { shown.append(entry.asked.isPrompted && meetsCondition(entry)) }
    return shown
  }

  /// `visible_when`: the other field, of the same scope, has to hold the given text, and to be visible itself. Of
  /// fields that wait for each other in a circle none is.
  borrowing func meetsCondition(_ entry: DraftEntry) -> Bool {
    var entry = entry
    for _ in entries {
      guard let condition = entry.field.visibleWhen else { return true }
      let id = Field.ID(entry.id.scope, condition.field)
      guard let other = places[id].map({ entries[$0] }),
        values.withBytes(of: id, { $0.equals(condition.equals.utf8) })
      else { return false }
      entry = other
    }
    return false
  }
}
