internal import Basics
internal import ProviderFormat

/// Mistakes of copying: twice, with stars, or the example instead of the own value.
extension FieldRules {
  /// The shortest half that is taken for a doubled paste; shorter ones happen by chance.
  private static let shortestHalf = 8

  func doubled(_ bytes: RawSpan, _ accepted: Bool?) -> Finding? {
    let count = bytes.byteCount
    for gap in [0, 1, 2] where (count - gap) % 2 == 0 && (count - gap) / 2 >= Self.shortestHalf {
      let half = (count - gap) / 2
      let (first, second) = (bytes.extracting(0..<half), bytes.extracting(count - half..<count))
      guard first.equals(second), !bytes.isOneCharacter else { continue }
      guard !bytes.extracting(half..<half + gap).contains(where: { !$0.isBlank }) else { continue }
      // A pattern that the whole value matches and its half does not says that it is right.
      if accepted == true, accept(first) != true { return nil }
      return Finding(
        kind: .doubled, severity: .overridable,
        sentence:
          "This is the same text twice, one after the other: \(first.scalarCount) characters each.")
    }
    return nil
  }

  func copiedExample(_ bytes: RawSpan, _ asked: FormField) -> Finding? {
    let isStarred = bytes.hasStars
    if let example = field.example, !example.isEmpty, bytes.equals(example.utf8) {
      return exampleFinding(asked, isStarred: isStarred)
    }
    guard isStarred, asked.isMasked else { return nil }
    return Finding(
      kind: .starredOut, severity: .overridable,
      sentence: "This is a value with stars in place of characters; use the provider's button to "
        + "copy the whole one.")
  }

  /// A plain example (a host, a region) may be somebody's real value; that of a secret never is.
  private func exampleFinding(_ asked: FormField, isStarred: Bool) -> Finding? {
    if isStarred {
      return Finding(
        kind: .starredOut, severity: .refusal,
        sentence: "This is the guide's example with stars in it, not your own value.")
    }
    guard field.choices.isEmpty else { return nil }
    guard asked.isMasked, !Masking.isPublicByName(field) else {
      return Finding(
        kind: .example, severity: .warning,
        sentence: "This is the guide's example; change it unless yours is the same.")
    }
    return Finding(
      kind: .example, severity: .overridable,
      sentence: "This is the guide's example; put in your own value.")
  }
}

extension RawSpan {
  /// Four stars, bullets or crosses in a row, or two ellipses' worth of them.
  var hasStars: Bool {
    for text in ["****", "••••", "XXXXXXXX", "xxxxxxxx", "●●●●"] {
      if firstOffset(of: text.utf8) != nil { return true }
    }
    return false
  }

  fileprivate var isOneCharacter: Bool { !contains { $0 != self[0] } }
}
