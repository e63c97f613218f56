package import Guides
package import Secrets

/// Every change of a value clears the field's override and the notices of the paste before it.
extension Draft {
  /// Puts a scalar in at the caret. Control characters are ignored, except line feed and tab where several lines
  /// are allowed.
  package mutating func type(_ scalar: Unicode.Scalar, into id: Field.ID) -> EditResult {
    let entry = entry(id)
    guard entry.field.choices.isEmpty else { return .ignored }
    if scalar.properties.generalCategory == .control {
      guard entry.isMultiline, scalar == "\n" || scalar == "\t" else { return .ignored }
    }
    var typed = SecretBuffer(capacity: 4)
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { typed.append(byte) }
    let fits = typed.withBytes { entry.insert($0) }
    guard fits else { return .full(limit: entry.value.capacity) }
    entry.noteEdit()
    return .done
  }

  /// Puts a whole paste in at the caret, mended of what came along with it. All of it, or nothing.
  package mutating func paste(
    _ pasted: borrowing SecretBuffer, into id: Field.ID
  ) -> EditResult {
    let entry = entry(id)
    let context = RepairContext(entry, in: form.provider)
    var mending = Mending(pasted)
    mending.run(in: context)
    if !entry.field.choices.isEmpty { return choose(mending, in: entry) }
    guard !mending.isEmpty else { return .ignored }
    guard mending.insert(into: entry) else { return .full(limit: entry.value.capacity) }
    entry.noteEdit(repairs: mending.repairs)
    return .done
  }

  /// Puts a file's content in place of the value, mended like a paste. All of it, or nothing and the value stays.
  package mutating func replace(
    with content: borrowing SecretBuffer, in id: Field.ID
  ) -> EditResult {
    let entry = entry(id)
    var mending = Mending(content)
    mending.run(in: RepairContext(entry, in: form.provider))
    if !entry.field.choices.isEmpty { return choose(mending, in: entry) }
    guard !mending.isEmpty else { return .ignored }
    guard mending.count <= entry.value.capacity else { return .full(limit: entry.value.capacity) }
    entry.value.wipe()
    entry.caret = 0
    let fits = mending.insert(into: entry)
    assert(fits)
    entry.noteEdit(repairs: mending.repairs)
    return .done
  }

  /// Takes out what stands before, behind or around the caret; nothing at an end.
  package mutating func erase(_ what: Erasure, in id: Field.ID) {
    let entry = entry(id)
    let range = entry.range(of: what)
    entry.value.remove(range)
    entry.caret = range.lowerBound
    entry.noteEdit()
  }

  /// Moves the caret by one scalar, or to an end. No edit: an override stays.
  package mutating func moveCaret(_ move: CaretMove, in id: Field.ID) {
    let entry = entry(id)
    entry.caret = entry.value.withBytes { bytes in
      switch move {
      case .left: entry.caret == 0 ? 0 : bytes.offset(before: entry.caret)
      case .right:
        entry.caret == bytes.byteCount
          ? entry.caret : entry.caret + bytes.scalar(at: entry.caret).length
      case .start: 0
      case .end: bytes.byteCount
      }
    }
  }

  /// Puts a text that is known anyway in place of the value: a choice, an offer, `--set`.
  package mutating func set(_ text: String, for id: Field.ID) {
    let entry = entry(id)
    entry.value = SecretBuffer(text: text, capacity: entry.field.capacity)
    entry.caret = entry.value.count
    entry.noteEdit()
  }

  /// A paste on a list of choices selects the one that it names.
  private func choose(_ mending: borrowing Mending, in entry: DraftEntry) -> EditResult {
    let choice = mending.withBytes { bytes in
      entry.field.choices.first { bytes.equals($0.utf8) }
    }
    guard let choice else { return .ignored }
    entry.value = SecretBuffer(text: choice)
    entry.caret = entry.value.count
    entry.noteEdit()
    return .done
  }
}

extension DraftEntry {
  /// Puts bytes in at the caret; false, and nothing changed, when they do not fit.
  func insert(_ bytes: RawSpan) -> Bool {
    guard value.insert(bytes, at: caret) else { return false }
    caret += bytes.byteCount
    return true
  }

  /// The bytes that an erasure takes out.
  func range(of erasure: Erasure) -> Range<Int> {
    value.withBytes { bytes in
      switch erasure {
      case .backward: caret == 0 ? 0..<0 : bytes.offset(before: caret)..<caret
      case .forward:
        caret == bytes.byteCount ? caret..<caret : caret..<caret + bytes.scalar(at: caret).length
      case .wordBackward: bytes.wordStart(before: caret)..<caret
      case .toStart: 0..<caret
      case .toEnd: caret..<bytes.byteCount
      case .all: 0..<bytes.byteCount
      }
    }
  }
}

extension RawSpan {
  /// Where the word before an offset begins: blanks are skipped first, then everything up to the next blank.
  fileprivate func wordStart(before end: Int) -> Int {
    var start = end
    while start > 0, self[start - 1].isBlank { start -= 1 }
    while start > 0, !self[start - 1].isBlank { start -= 1 }
    return start
  }
}
