internal import Basics
package import ProviderFormat
package import Secrets

/// Every change of a value clears the field's override and the notices of the paste before it.
extension Draft {
  /// Puts a scalar in at the caret. Control characters are ignored, except line feed and tab where several lines
  /// are allowed.
  package mutating func type(_ scalar: Unicode.Scalar, into id: Field.ID) -> EditResult {
    let index = index(of: id)
    guard entries[index].field.choices.isEmpty else { return .ignored }
    if scalar.properties.generalCategory == .control {
      guard entries[index].isMultiline, scalar == "\n" || scalar == "\t" else { return .ignored }
    }
    let caret = entries[index].caret
    let length = values.edit(id) { $0.insert(scalar, at: caret) }
    guard let length else { return .full(limit: capacity(at: index)) }
    entries[index].caret = caret + length
    forgetJudgements(at: index)
    recordEdit(at: index)
    return .done
  }

  /// Puts a whole paste in at the caret, mended of what came along with it. All of it, or nothing.
  package mutating func paste(
    _ pasted: borrowing SecretBuffer, into id: Field.ID
  ) -> EditResult {
    receive(pasted, into: id, replacesValue: false)
  }

  /// Puts a file's content in place of the value, mended like a paste. All of it, or nothing and the value stays.
  package mutating func replace(
    with content: borrowing SecretBuffer, in id: Field.ID
  ) -> EditResult {
    receive(content, into: id, replacesValue: true)
  }

  private mutating func receive(
    _ text: borrowing SecretBuffer, into id: Field.ID, replacesValue: Bool
  ) -> EditResult {
    let index = index(of: id)
    pending = nil
    var normalizer = normalized(text, for: entries[index])
    if let snippet = normalizer.takeFound() {
      setPending(snippet, for: id, of: normalizer)
      return .several
    }
    if !entries[index].field.choices.isEmpty { return choose(normalizer, at: index) }
    guard !normalizer.isEmpty else { return .ignored }
    guard replacesValue else {
      return normalizer.withBytes { insert($0, at: index, repairs: normalizer.repairs) }
    }
    guard replaceValue(at: index, with: normalizer) else {
      return .full(limit: capacity(at: index))
    }
    recordEdit(at: index, repairs: normalizer.repairs)
    return .done
  }

  /// Takes out what stands before, behind or around the caret; nothing at an end.
  package mutating func erase(_ what: Erasure, in id: Field.ID) {
    let index = index(of: id)
    let range = range(of: what, in: entries[index])
    values.edit(id) { $0.remove(range) }
    entries[index].caret = range.lowerBound
    forgetJudgements(at: index)
    recordEdit(at: index)
  }

  /// Wipes every value, once they are stored or not wanted any more.
  package mutating func wipe() {
    pending = nil
    for entry in entries { erase(.all, in: entry.id) }
  }

  /// Moves the caret by one scalar, or to an end. No edit: an override stays.
  package mutating func moveCaret(_ move: CaretMove, in id: Field.ID) {
    let index = index(of: id)
    let caret = entries[index].caret
    entries[index].caret = values.withBytes(of: id) { bytes in
      switch move {
      case .left: caret == 0 ? 0 : bytes.offset(before: caret)
      case .right:
        caret == bytes.byteCount ? caret : caret + bytes.scalar(at: caret).length
      case .start: 0
      case .end: bytes.byteCount
      }
    }
  }

  /// Puts a text that is known anyway in place of the value: a choice, an offer, `--set`.
  package mutating func set(_ text: String, for id: Field.ID) {
    let index = index(of: id)
    setValue(SecretBuffer(text: text, capacity: entries[index].field.capacity), at: index)
    recordEdit(at: index)
  }

  // MARK: Pieces

  /// A paste on a list of choices selects the one that it names.
  mutating func choose(_ normalizer: borrowing PasteNormalizer, at index: Int) -> EditResult {
    let choices = entries[index].field.choices
    let choice = normalizer.withBytes { bytes in choices.first { bytes.equals($0.utf8) } }
    guard let choice else { return .ignored }
    setValue(SecretBuffer(text: choice), at: index)
    recordEdit(at: index)
    return .done
  }

  private borrowing func normalized(
    _ pasted: borrowing SecretBuffer, for entry: DraftEntry
  ) -> PasteNormalizer {
    var normalizer = pasted.withBytes { PasteNormalizer($0) }
    normalizer.run(in: entry.context, among: repairContexts())
    return normalizer
  }

  /// Puts bytes in at the caret: all of them, or none and nothing is changed.
  private mutating func insert(
    _ bytes: RawSpan, at index: Int, repairs: [Repair] = []
  ) -> EditResult {
    let caret = entries[index].caret
    let fits = values.edit(entries[index].id) { $0.insert(bytes, at: caret) }
    guard fits else { return .full(limit: capacity(at: index)) }
    entries[index].caret = caret + bytes.byteCount
    forgetJudgements(at: index)
    recordEdit(at: index, repairs: repairs)
    return .done
  }

  /// Puts a mended text in place of the value; false, and the value stays, when there is no room for it.
  mutating func replaceValue(at index: Int, with normalizer: borrowing PasteNormalizer) -> Bool {
    guard normalizer.count <= capacity(at: index) else { return false }
    values.edit(entries[index].id) { value in
      value.wipe()
      normalizer.withBytes { _ = value.append($0) }
    }
    entries[index].caret = normalizer.count
    forgetJudgements(at: index)
    return true
  }

  /// In bytes.
  private mutating func capacity(at index: Int) -> Int {
    values.edit(entries[index].id) { $0.capacity }
  }

  /// What every edit does besides changing the value.
  mutating func recordEdit(at index: Int, repairs: [Repair] = []) {
    pending = nil
    entries[index].isEdited = true
    entries[index].isOverridden = false
    entries[index].isAcceptedAsIs = false
    entries[index].repairs = repairs
  }

  /// The bytes that an erasure takes out.
  private borrowing func range(of erasure: Erasure, in entry: DraftEntry) -> Range<Int> {
    let caret = entry.caret
    return values.withBytes(of: entry.id) { bytes in
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
