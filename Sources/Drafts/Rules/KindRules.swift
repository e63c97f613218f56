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

  func otherFieldFinding(_ other: OtherField) -> Finding {
    switch other {
    case .owner(let field, let otherName):
      Finding(
        kind: .belongsTo(field), severity: .overridable,
        sentence: "This looks like \(otherName), not like \(name).")
    case .twin(let field, let otherName):
      Finding(
        kind: .sameAs(field), severity: .warning, sentence: "This is the same as \(otherName).")
    }
  }

  /// Whether the value is surely another field's: it looks like one of that, and not like one of this.
  func isForeign(_ bytes: RawSpan, _ accepted: Bool?, in other: FieldRules) -> Bool {
    if accepted == true || hint(for: bytes)?.verdict == .right { return false }
    if let hint = other.hint(for: bytes), hint.verdict == .right, !hint.startsWith.isEmpty {
      return true
    }
    let isMismatch = accepted == false || field.format?.accepts(bytes) == false
    if let analysis = other.analysis, other.accept(bytes) == true {
      return analysis.isTellingAlone || (isMismatch && analysis.isTelling)
    }
    guard isMismatch, let format = other.field.format, format.isTelling, format.accepts(bytes)
    else { return false }
    return other.accept(bytes) != false
  }

  /// Whether there are values that `isForeign` can find to be this field's.
  var tellsValues: Bool {
    hints.contains { $0.verdict == .right && !$0.startsWith.isEmpty }
      || analysis.map { $0.isTellingAlone || $0.isTelling } ?? false
      || field.format?.isTelling ?? false
  }
}

extension Field.Format {
  /// Whether hardly any value of another kind has it.
  fileprivate var isTelling: Bool {
    switch self {
    case .uuid, .email: true
    case .hostname, .uri: false
    }
  }
}

extension PatternAnalysis {
  /// Whether the expression tells a value even where nothing speaks against the other field.
  fileprivate var isTellingAlone: Bool { literalPrefix.utf8.count >= 4 }

  /// Whether the expression tells values of one field from those of another.
  fileprivate var isTelling: Bool {
    literalPrefix.unicodeScalars.count >= 2 || (shortest == longest && shortest >= 8)
  }
}
