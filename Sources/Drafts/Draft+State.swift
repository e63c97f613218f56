internal import Basics
package import ProviderFormat
internal import Secrets

/// What may be shown.
extension Draft {
  /// All that a screen needs to draw a field.
  ///
  /// - Parameter isJudged: whether what the rules say of the value is wanted. While a value is typed nobody is told, and the
  ///   rules, which cost more than the whole screen, are asked only where something else that shows depends on them: without
  ///   it `findings` may be empty and `isBlocked` false for that reason alone.
  package borrowing func state(of id: Field.ID, isJudged: Bool = true) -> FieldState {
    let entry = entry(id)
    let isRight = match(of: entry).isRight
    // A text that is not hidden may hold what should be.
    let isAsked = isJudged || isRight || !entry.asked.isMasked
    let findings = isAsked ? findings(of: entry) : []
    let isHidden = entry.asked.isMasked || holdsForeignSecret(findings)
    var state = FieldState(
      findings: findings, repairs: entry.repairs, isOverridden: entry.isOverridden,
      isBlocked: isBlocked(entry, findings), isMultiline: entry.isMultiline)
    values.withBytes(of: id) { bytes in
      state.bytes = bytes.byteCount
      state.characters = bytes.scalarCount
      state.caret = bytes.scalarCount(before: entry.caret)
      state.looksComplete = isRight && !findings.contains { $0.severity != .note }
      if entry.isMultiline { state.file = FileFacts(bytes) }
      if isHidden {
        state.prefix = entry.rules.publicPrefix(of: bytes)
        state.tail = bytes.publicTail
      } else {
        state.text = bytes.shownText
      }
    }
    return state
  }

  /// The two ends of a value, for the moment in which the user asks to see them.
  package borrowing func ends(of id: Field.ID) -> RevealedEnds {
    values.withBytes(of: id) { bytes in
      let characters = bytes.scalarCount
      let each = min(4, characters / 6)
      var head = 0
      for _ in 0..<each { head += bytes.scalar(at: head).length }
      var tail = bytes.byteCount
      for _ in 0..<each { tail = bytes.offset(before: tail) }
      return RevealedEnds(
        first: bytes.extracting(0..<head), last: bytes.extracting(tail..<bytes.byteCount),
        hidden: characters - 2 * each)
    }
  }

  /// Whether a plain field holds what looks like the secret of a masked one; it is then masked too.
  private borrowing func holdsForeignSecret(_ findings: [Finding]) -> Bool {
    findings.contains { finding in
      switch finding.kind {
      case .belongsTo(let other), .sameAs(let other): self.entry(other).asked.isMasked
      case .keyFile(let holdsSecret): holdsSecret
      case .otherService, .strayedSecret: true
      case .missing, .format, .choice, .pattern, .patternSkipped, .controlCharacter,
        .invisibleCharacter, .notText, .smartQuotes, .doubled, .example, .starredOut, .wrongKind,
        .address, .placeholder, .wrapped, .blankInside, .unusualLetters, .advisory:
        false
      }
    }
  }
}

extension RawSpan {
  /// Two characters tell two keys apart; of a value shorter than 12 they would tell too much.
  fileprivate var publicTail: String? {
    guard scalarCount >= 12 else { return nil }
    let start = offset(before: offset(before: byteCount))
    guard self[start].isGraphic, self[byteCount - 1].isGraphic else { return nil }
    return shownText(start..<byteCount)
  }
}
