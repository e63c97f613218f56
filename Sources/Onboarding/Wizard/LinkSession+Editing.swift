internal import Drafts
internal import ProviderFormat
internal import Secrets

/// Editing. The draft does the work; the session remembers what may be said of it.
extension LinkSession {
  mutating func edit(_ edit: Edit, in field: Field.ID) {
    switch edit {
    case .insert(let scalar):
      // What nobody sees is not added to: old and new joined would be neither of them.
      if isKeptHidden(field) { draft.erase(.all, in: field) }
      recordEdit(draft.type(scalar, into: field), in: field, settles: false)
    case .erase(let what):
      draft.erase(isKeptHidden(field) ? .all : what, in: field)
      recordEdit(.done, in: field, settles: false)
    case .move(let move): draft.moveCaret(move, in: field)
    }
  }

  mutating func paste(_ pasted: borrowing SecretBuffer, isCut: Bool, into field: Field.ID) {
    if isCut {
      let notice = Notice(
        .failed, "The paste was longer than any value may be. Nothing of it was used.")
      marks.remark(notice, on: field)
      return
    }
    let result =
      isKeptHidden(field)
      ? draft.replace(with: pasted, in: field) : draft.paste(pasted, into: field)
    recordEdit(result, in: field, settles: true)
    if result == .ignored {
      marks.remark(
        Notice(.warning, "There was nothing in the paste that fits here."), on: field)
    }
  }

  /// A file in place of the value.
  mutating func replace(with file: borrowing KeyFile, in field: Field.ID) {
    let result = draft.replace(with: file.content, in: field)
    recordEdit(result, in: field, settles: true)
    if result == .ignored {
      marks.remark(Notice(.warning, "There was nothing in the file that fits here."), on: field)
    } else if result == .done, file.isReadableByOthers {
      let sentence =
        "Other accounts of this machine may read that file. Take that right away (chmod 600), or "
        + "delete the file when the account is linked."
      marks.remark(Notice(.warning, sentence), on: field)
    }
  }

  mutating func choose(_ text: String, for field: Field.ID) {
    draft.set(text, for: field)
    recordEdit(.done, in: field, settles: true)
  }

  /// Whether a value is there that was known or kept before this session, and that nobody has touched in it.
  borrowing func isKept(_ field: Field.ID) -> Bool {
    (replacement != nil || resumed > 0) && !draft.editedFields.contains(field)
      && draft.state(of: field, isJudged: false).characters > 0
  }

  /// The same of one that is not shown: whatever comes takes its place.
  private borrowing func isKeptHidden(_ field: Field.ID) -> Bool {
    draft.field(field)?.isMasked == true && isKept(field)
  }

  /// The field is left, or the user says that it is finished.
  mutating func settle(_ field: Field.ID) { marks.settle(field) }

  borrowing func isSettled(_ field: Field.ID) -> Bool { marks.isSettled(field) }

  /// Whether a value with a warning has been stopped at once: the next Enter takes it.
  borrowing func isWarned(_ field: Field.ID) -> Bool { marks.isWarned(field) }

  /// Whether the user may go on with a value. One that something speaks against stops the first Enter.
  mutating func mayLeave(_ field: Field.ID) -> Bool {
    settle(field)
    let state = draft.state(of: field)
    guard !state.isBlocked else { return false }
    return state.warnings.isEmpty || marks.warn(field)
  }

  /// Whether something about the values should be looked at before they are stored.
  borrowing func hasDoubts() -> Bool {
    // While a value is typed, something speaks against most beginnings of it.
    for field in shownFields() where isSettled(field.id) {
      let state = draft.state(of: field.id)
      if state.isOverridden || !state.warnings.isEmpty { return true }
    }
    return false
  }

  borrowing func remark(on field: Field.ID) -> Notice? { marks.remark(on: field) }

  private mutating func recordEdit(_ result: EditResult, in field: Field.ID, settles: Bool) {
    marks.record(result, in: field, settles: settles)
    if result == .done { refusal = nil }
  }
}

/// A paste that held several values.
extension LinkSession {
  /// The sheet that asks what of it is wanted; nil when nothing waits for that.
  borrowing func found() -> FoundSheet? {
    guard let found = draft.found else { return nil }
    var labels: [Field.ID: String] = [:]
    for field in form.fields { labels[field.id] = draft.label(of: field) }
    return FoundSheet(found, labels: labels, service: provider.displayName)
  }

  /// Puts what was chosen into its fields; nil drops all of it.
  mutating func apply(_ choice: FoundChoice?) {
    guard let choice else {
      draft.dropFound()
      return
    }
    for field in draft.apply(choice) { recordEdit(.done, in: field, settles: true) }
  }
}
