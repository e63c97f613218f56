internal import Basics
internal import ProviderFormat

/// A value that is good for something else: another kind of token, or another field of the form.
extension FieldRules {
  /// By the provider's hints: it begins as another kind does, or not as every right value does. The beginning is
  /// checked apart from the pattern, so that a provider can be strict about it and lenient about the length.
  func wrongKind(_ bytes: RawSpan) -> Finding? {
    if let hint = hint(for: bytes) {
      guard hint.verdict == .wrong else { return nil }
      return wrongKind(
        hint.say ?? "A value that begins with \(hint.startsWith) is of another kind.")
    }
    guard !required.isEmpty, !required.contains(where: { bytes.has($0.startsWith.utf8) }) else {
      return nil
    }
    let beginnings = required.map(\.startsWith).joined(separator: " or ")
    return wrongKind(
      required.lazy.compactMap(\.say).first
        ?? "\(name) begins with \(beginnings), and this does not.")
  }

  private func wrongKind(_ sentence: String) -> Finding {
    Finding(kind: .wrongKind, severity: .overridable, sentence: sentence)
  }

  func otherFieldFindings(
    _ bytes: RawSpan, _ accepted: Bool?, _ asked: FormField, _ others: [OtherField]
  ) -> [Finding] {
    if let other = others.first(where: { owner(bytes, accepted, $0) }) {
      return [
        Finding(
          kind: .belongsTo(other.rules.field.id), severity: .overridable,
          sentence: "This looks like \(other.rules.name), not like \(name).")
      ]
    }
    guard let twin = others.first(where: { $0.hasSameValue && ($0.isMasked || asked.isMasked) })
    else { return [] }
    return [
      Finding(
        kind: .sameAs(twin.rules.field.id), severity: .warning,
        sentence: "This is the same as \(twin.rules.name).")
    ]
  }

  /// Whether the value is surely the other field's: it looks like one, and not like one of this field.
  private func owner(_ bytes: RawSpan, _ accepted: Bool?, _ other: OtherField) -> Bool {
    if accepted == true || hint(for: bytes)?.verdict == .right { return false }
    if let hint = other.rules.hint(for: bytes), hint.verdict == .right, !hint.startsWith.isEmpty {
      return true
    }
    let isMismatch = accepted == false || field.format?.accepts(bytes) == false
    if let analysis = other.rules.analysis, other.rules.accept(bytes) == true {
      return analysis.literalPrefix.utf8.count >= 4 || (isMismatch && analysis.isTelling)
    }
    guard isMismatch, let format = other.rules.field.format, other.rules.accept(bytes) != false
    else { return false }
    return (format == .uuid || format == .email) && format.accepts(bytes)
  }
}

extension PatternAnalysis {
  /// Whether the expression tells values of one field from those of another.
  fileprivate var isTelling: Bool {
    literalPrefix.unicodeScalars.count >= 2 || (shortest == longest && shortest >= 8)
  }
}
