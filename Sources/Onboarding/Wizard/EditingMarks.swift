internal import Drafts
internal import ProviderFormat

/// What may be said of a form's values while they are edited, and what has been said.
struct EditingMarks {
  /// Fields whose value is finished for now: pasted, left, or confirmed with Enter. Only of these are findings and the
  /// last two characters shown. While a key is typed by hand, showing its end at every stroke would show it whole.
  private var settled: Set<Field.ID> = []
  /// Fields whose warnings have stopped one Enter. The next one takes the value as it is.
  private var warned: Set<Field.ID> = []
  /// What the last edit of a field could not do.
  private var remark: (field: Field.ID, notice: Notice)?

  func isSettled(_ field: Field.ID) -> Bool { settled.contains(field) }

  mutating func settle(_ field: Field.ID) { settled.insert(field) }

  func isWarned(_ field: Field.ID) -> Bool { warned.contains(field) }

  /// An Enter comes upon warnings. Whether they have stopped one before.
  mutating func warn(_ field: Field.ID) -> Bool { !warned.insert(field).inserted }

  /// The values are thrown away.
  mutating func startOver() { (settled, warned) = ([], []) }

  func remark(on field: Field.ID) -> Notice? {
    guard let remark, remark.field == field else { return nil }
    return remark.notice
  }

  mutating func remark(_ notice: Notice, on field: Field.ID) { remark = (field, notice) }

  /// What an edit came to: a changed value has to be looked at anew.
  mutating func record(_ result: EditResult, in field: Field.ID, settles: Bool) {
    remark = nil
    switch result {
    case .done:
      warned.remove(field)
      if settles { settled.insert(field) } else { settled.remove(field) }
    case .full(let limit):
      let sentence =
        "A value has room for \(limit / 1024) KiB. This would be more; nothing was added."
      remark = (field, Notice(.failed, sentence))
    case .ignored, .several: break
    }
  }
}
