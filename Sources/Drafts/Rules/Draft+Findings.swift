internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// The rules, and what they come to for one field.
extension Draft {
  /// Everything there is to say about a field's value.
  borrowing func judgement(of entry: DraftEntry) -> Judgements.Judgement {
    judgements.judgement(of: entry.id) {
      let others = otherFields(than: entry)
      let rules = namedRules(of: entry)
      let isShown = isShown(entry.id)
      return values.withBytes(of: entry.id) { bytes in
        let accepted = rules.accept(bytes)
        let findings =
          isShown
          ? rules.findings(
            for: bytes, accepted, entry.asked, isMultiline: entry.isMultiline, others: others,
            context: entry.context) : []
        return .init(findings: findings, isRight: rules.isPositivelyValid(bytes, accepted))
      }
    }
  }

  borrowing func isBlocked(_ entry: DraftEntry) -> Bool {
    isBlocked(entry, judgement(of: entry).findings)
  }

  borrowing func isBlocked(_ entry: DraftEntry, _ findings: [Finding]) -> Bool {
    findings.contains { finding in
      switch finding.severity {
      case .refusal: !entry.isTakenAsIs || finding.kind == .missing
      case .overridable: !entry.isOverridden
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
    var others: [OtherField] = []
    // Of an empty value there is nothing to compare.
    if isEmpty(entry) { return others }
    for other in entries where other.id != entry.id && isShown(other.id) {
      let isSame = values.withBytes(of: entry.id) { mine in
        !mine.isEmpty && values.withBytes(of: other.id) { mine.equals($0) }
      }
      others.append(
        OtherField(
          rules: namedRules(of: other), isMasked: other.asked.isMasked, hasSameValue: isSame))
    }
    return others
  }
}

/// A field of the form as seen from another one.
struct OtherField {
  let rules: FieldRules
  let isMasked: Bool
  let hasSameValue: Bool
}

extension FieldRules {
  /// Everything there is to say about a value, worst first. `accepted` is what `accept` says of it: an expression may
  /// take long, and is asked once.
  ///
  /// Emptiness first; then what explains a wrong value; format and choices; the pattern only where nothing better
  /// explains why it fails.
  func findings(
    for bytes: RawSpan, _ accepted: Bool?, _ asked: FormField, isMultiline: Bool,
    others: [OtherField], context: RepairContext
  ) -> [Finding] {
    guard !bytes.isEmpty else { return asked.acceptsEmpty ? [] : [missing(asked)] }
    var findings = textFindings(bytes, accepted, asked, isMultiline: isMultiline)
    let keyFinding = keyFinding(bytes, accepted, asked)
    // What a file of keys is says more than its characters, which in binary are none, and stands for nothing else.
    let isKeyFile = keyFinding != nil && !KeyFileKind.all(in: bytes).isEmpty
    if isKeyFile { findings.removeAll { $0.kind.isOfCharacters } }
    let copied = copiedExample(bytes, asked)
    let isKnown = isKeyFile || copied?.kind == .starredOut
    if !isMultiline, let several = severalValues(bytes, in: context) {
      findings.removeAll { $0.kind == .controlCharacter }
      findings.append(several)
    }
    findings += [
      isKnown ? nil : placeholder(bytes, accepted, asked), wrongKind(bytes), keyFinding,
      foreignValue(bytes, accepted, asked), doubled(bytes, accepted), copied,
      strayedSecret(bytes, accepted, asked),
    ].compactMap { $0 }
    findings += otherFieldFindings(bytes, accepted, asked, others)
    findings += [wrongFormat(bytes), wrongChoice(bytes)].compactMap { $0 }
    if findings.allSatisfy({ $0.severity > .overridable }) {
      findings += [wrongPattern(bytes, accepted)].compactMap { $0 }
    }
    findings += [
      skippedPattern(accepted), wrapped(bytes, accepted, in: context), advisory(bytes),
    ].compactMap { $0 }
    // A stable sort: within a severity the order above stands.
    return Finding.Severity.allCases.flatMap { severity in
      findings.filter { $0.severity == severity }
    }
  }
}

extension Finding.Kind {
  /// Whether it is about the characters of a text, and not about what the text is.
  fileprivate var isOfCharacters: Bool {
    switch self {
    case .controlCharacter, .invisibleCharacter, .notText, .smartQuotes, .unusualLetters,
      .blankInside:
      true
    case .missing, .format, .choice, .pattern, .patternSkipped, .doubled, .example, .starredOut,
      .wrongKind, .belongsTo, .sameAs, .keyFile, .otherService, .address,
      .placeholder, .strayedSecret, .wrapped, .advisory:
      false
    }
  }
}
