internal import Basics
internal import ProviderFormat

/// Characters that a key does not have and that came along unseen.
extension FieldRules {
  func textFindings(
    _ bytes: RawSpan, _ accepted: Bool?, _ asked: FormField, isMultiline: Bool
  ) -> [Finding] {
    var seen = SeenCharacters()
    bytes.forEachScalar { decoded, _ in
      seen.record(decoded.scalar, isMultiline: isMultiline)
      return true
    }
    return unseen(seen)
      + (asked.isMasked ? doubtful(seen, accepted, isMultiline: isMultiline) : [])
  }

  /// What cannot be part of any value.
  private func unseen(_ seen: SeenCharacters) -> [Finding] {
    var findings: [Finding] = []
    func refuse(_ kind: Finding.Kind, _ sentence: String) {
      findings.append(Finding(kind: kind, severity: .refusal, sentence: sentence))
    }
    if seen.hasStrayBytes {
      refuse(
        .notText,
        "This holds bytes that are no text in UTF-8: copy the value again, and set the terminal to UTF-8."
      )
    }
    if seen.hasLineBreaks {
      refuse(.controlCharacter, "This has several lines; paste only the value of \(name).")
    } else if seen.hasControls {
      refuse(
        .controlCharacter,
        "This holds control characters that cannot be seen; copy the value again.")
    }
    if seen.hasInvisible {
      refuse(
        .invisibleCharacter,
        "This holds characters that cannot be seen (zero-width or direction marks); "
          + "copy the value again, or type it.")
    }
    return findings
  }

  /// What keys do not have and a password may.
  private func doubtful(
    _ seen: SeenCharacters, _ accepted: Bool?, isMultiline: Bool
  ) -> [Finding] {
    var findings: [Finding] = []
    func add(_ kind: Finding.Kind, _ severity: Finding.Severity, _ sentence: String) {
      findings.append(Finding(kind: kind, severity: severity, sentence: sentence))
    }
    if seen.hasSmartQuotes {
      add(
        .smartQuotes, .overridable,
        "This holds curly quotes, which a word processor or chat program puts in; "
          + "copy the value from its source.")
    } else if seen.hasOtherLetters {
      add(
        .unusualLetters, .warning,
        "This holds letters outside the English alphabet, which look alike and are not the same.")
    }
    if seen.hasBlanks, !isMultiline, accepted == nil, !takesPassword {
      add(.blankInside, .warning, "There is a blank inside the value.")
    }
    return findings
  }

  /// Passwords that people choose may hold blanks; keys that programs make do not.
  var takesPassword: Bool {
    [field.id.name, field.title].contains {
      Field.words($0).contains(" password ") || Field.words($0).contains(" passphrase ")
    }
  }
}

/// Which doubtful characters a text holds.
private struct SeenCharacters {
  var hasStrayBytes = false
  var hasLineBreaks = false
  var hasControls = false
  var hasInvisible = false
  var hasSmartQuotes = false
  var hasOtherLetters = false
  var hasBlanks = false

  mutating func record(_ scalar: Unicode.Scalar?, isMultiline: Bool) {
    guard let scalar else {
      hasStrayBytes = true
      return
    }
    switch scalar.value {
    case 0x0A: if !isMultiline { hasLineBreaks = true }
    case 0x09: if !isMultiline { hasControls = true }
    case 0x20: hasBlanks = true
    case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: hasControls = true
    case 0x21...0x7E: break
    case 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F,
      0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      hasInvisible = true
    case 0x2018...0x201F, 0xAB, 0xBB, 0x2039, 0x203A: hasSmartQuotes = true
    default: hasOtherLetters = true
    }
  }
}
