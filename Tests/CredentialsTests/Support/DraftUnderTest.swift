import Drafts
import ProviderFormat
import Secrets

/// A draft in a class, because `#expect` cannot take a noncopyable one.
final class DraftUnderTest {
  private var draft: Draft

  init(form: Form, presets: [Field.ID: String] = [:]) {
    draft = Draft(form: form, presets: presets)
  }

  init(form: Form, resuming values: consuming SecretValues) {
    draft = Draft(form: form, resuming: values)
  }

  func type(_ scalar: Unicode.Scalar, into id: Field.ID) -> EditResult {
    draft.type(scalar, into: id)
  }

  /// Types a text key by key.
  func type(_ text: String, into id: Field.ID) {
    for scalar in text.unicodeScalars { _ = draft.type(scalar, into: id) }
  }

  func paste(_ text: String, into id: Field.ID) -> EditResult {
    let buffer = SecretBuffer(fixture: text)
    return draft.paste(buffer, into: id)
  }

  func paste(_ buffer: borrowing SecretBuffer, into id: Field.ID) -> EditResult {
    draft.paste(buffer, into: id)
  }

  func replace(with text: String, in id: Field.ID) -> EditResult {
    let buffer = SecretBuffer(fixture: text)
    return draft.replace(with: buffer, in: id)
  }

  var found: FoundValues? { draft.found }
  func apply(_ choice: FoundChoice) -> [Field.ID] { draft.apply(choice) }
  func dropFound() { draft.dropFound() }

  func normalize(_ fields: Set<Field.ID>) -> [Field.ID] { draft.normalize(fields).map(\.field) }

  func erase(_ what: Erasure, in id: Field.ID) { draft.erase(what, in: id) }
  func moveCaret(_ move: CaretMove, in id: Field.ID) { draft.moveCaret(move, in: id) }
  func set(_ text: String, for id: Field.ID) { draft.set(text, for: id) }
  func insist(on id: Field.ID) { draft.insist(on: id) }
  func acceptAsIs(_ id: Field.ID) { draft.acceptAsIs(id) }
  func state(of id: Field.ID, isJudged: Bool = true) -> FieldState {
    draft.state(of: id, isJudged: isJudged)
  }
  func ends(of id: Field.ID) -> RevealedEnds { draft.ends(of: id) }
  func offers(for id: Field.ID) -> [Suggestion] { draft.offers(for: id) }
  func isShown(_ id: Field.ID) -> Bool { draft.isShown(id) }
  func firstBlocked() -> Field.ID? { draft.firstBlocked() }
  var hasTypedValues: Bool { draft.hasTypedValues }
  var submittedFields: [Field.ID] { draft.submission().values.keys }

  /// What would be submitted for a field.
  func value(of id: Field.ID) -> String? {
    let submission = draft.submission()
    return submission.values.fixtureText(id)
  }
}
