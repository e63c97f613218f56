internal import Guides
internal import Secrets

/// The rules, and what they come to for one field.
extension Draft {
  /// Everything there is to say about a field's value, worst first.
  borrowing func findings(of entry: DraftEntry) -> [Finding] {
    guard isShown(entry.field.id) else { return [] }
    let others = otherFields(than: entry)
    let rules = namedRules(of: entry)
    return entry.value.withBytes { bytes in
      rules.findings(for: bytes, entry.asked, isMultiline: entry.isMultiline, others: others)
    }
  }

  borrowing func isBlocked(_ entry: DraftEntry) -> Bool {
    isBlocked(entry, findings(of: entry))
  }

  borrowing func isBlocked(_ entry: DraftEntry, _ findings: [Finding]) -> Bool {
    findings.contains { finding in
      switch finding.severity {
      case .refusal: true
      case .overridable: !entry.isInsisted
      case .warning, .note: false
      }
    }
  }

  /// A field's rules with the name that it has on the screen at the moment.
  private borrowing func namedRules(of entry: DraftEntry) -> FieldRules {
    var rules = entry.rules
    rules.name = label(of: entry.asked)
    return rules
  }

  /// What the rules about several fields have to know of the others.
  private borrowing func otherFields(than entry: DraftEntry) -> [OtherField] {
    entries.filter { $0 !== entry && isShown($0.field.id) }.map { other in
      let isSame = entry.value.withBytes { mine in other.value.withBytes { mine.equals($0) } }
      return OtherField(
        rules: namedRules(of: other), isMasked: other.asked.isMasked,
        hasSameValue: isSame && !entry.value.isEmpty)
    }
  }
}

/// A field of the form as seen from another one.
struct OtherField {
  let rules: FieldRules
  let isMasked: Bool
  let hasSameValue: Bool
}

extension FieldRules {
  /// Emptiness first; then what explains a wrong value; format and choices; the pattern only where nothing better
  /// explains why it fails.
  func findings(
    for bytes: RawSpan, _ asked: FormField, isMultiline: Bool, others: [OtherField]
  ) -> [Finding] {
    guard !bytes.isEmpty else { return missing(asked) }
    var findings = textFindings(bytes, asked, isMultiline: isMultiline)
    findings += [wrongKind(bytes), doubled(bytes), copiedExample(bytes, asked)].compactMap { $0 }
    findings += otherFieldFindings(bytes, asked, others)
    findings += [wrongFormat(bytes), wrongChoice(bytes)].compactMap { $0 }
    if findings.allSatisfy({ $0.severity > .overridable }) {
      findings += [wrongPattern(bytes)].compactMap { $0 }
    }
    findings += [skippedPattern, advisory(bytes)].compactMap { $0 }
    // A stable sort: within a severity the order above stands.
    return Finding.Severity.allCases.flatMap { severity in
      findings.filter { $0.severity == severity }
    }
  }

  private func missing(_ asked: FormField) -> [Finding] {
    if asked.acceptsEmpty { return [] }
    return [Finding(kind: .missing, severity: .refusal, sentence: "\(name) is needed.")]
  }
}
