internal import Basics
internal import ProviderFormat

/// What a value seems to be besides a value: a placeholder, a secret in a field for something else.
extension FieldRules {
  func placeholder(_ bytes: RawSpan, _ accepted: Bool?, _ asked: FormField) -> Finding? {
    guard field.choices.isEmpty, !isDefault(bytes),
      let found = Placeholder.of(bytes, isMasked: asked.isMasked)
    else { return nil }
    switch found {
    case .name, .words, .shortened, .nothing:
      // Where the pattern is met, chance made it look so; and people choose passwords as they like.
      if accepted == true { return nil }
    case .variable, .reference, .redacted: break
    }
    return Finding(kind: .placeholder, severity: .overridable, sentence: found.sentence)
  }

  /// A secret where none is asked for is masked like one.
  /// - Parameter other: the field that it seems to be for says more than what kind of secret it is.
  func strayedSecret(
    _ bytes: RawSpan, _ accepted: Bool?, _ asked: FormField, _ other: OtherField?
  ) -> Finding? {
    guard !asked.isMasked, field.choices.isEmpty, !isDefault(bytes),
      let shape = SecretShape.of(bytes)
    else { return nil }
    if shape.service == nil,
      accepted == true || field.format?.accepts(bytes) == true || isIdentifier
    {
      return nil
    }
    guard let service = shape.service else {
      return strayedSecret("a secret", .warning)
    }
    // Whose it is says more than of what service.
    if case .owner(_, let otherName) = other { return strayedSecret(otherName, .overridable) }
    return strayedSecret("a key of \(service)", .overridable)
  }

  private func strayedSecret(_ kind: String, _ severity: Finding.Severity) -> Finding {
    Finding(
      kind: .strayedSecret, severity: severity,
      sentence: "This looks like \(kind), not like \(name); it is hidden for that reason.")
  }

  private func isDefault(_ bytes: RawSpan) -> Bool {
    field.defaultValue.map { bytes.equals($0.utf8) } ?? false
  }

  /// Identifiers are often as long and random as keys.
  private var isIdentifier: Bool {
    let ends: Set = [
      "id", "ids", "identifier", "guid", "uuid", "arn", "number", "fingerprint", "thumbprint",
    ]
    return [field.id.name, field.title].contains { text in
      SnippetName.words(of: text).contains { ends.contains($0) }
    }
  }
}
