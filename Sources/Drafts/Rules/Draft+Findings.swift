internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// The rules, and what they come to for one field.
extension Draft {
  /// How a field's value fits what is known of its form. Costs one search for its pattern, and much less than `findings`.
  borrowing func match(of entry: DraftEntry) -> Judgements.Match {
    judgements.match(at: index(of: entry.id)) {
      values.withBytes(of: entry.id) { bytes in
        let accepted = entry.rules.accept(bytes)
        return .init(
          accepted: accepted, isRight: entry.rules.isPositivelyValid(bytes, accepted))
      }
    }
  }

  /// Everything there is to say about a field's value, worst first.
  borrowing func findings(of entry: DraftEntry) -> [Finding] {
    let index = index(of: entry.id)
    guard shown[index] else { return [] }
    return judgements.findings(at: index) {
      let rules = namedRules(of: entry)
      let accepted = match(of: entry).accepted
      return values.withBytes(of: entry.id) { bytes in
        rules.findings(
          for: bytes, accepted, entry.asked, isMultiline: entry.isMultiline,
          other: otherField(of: bytes, at: index, accepted), context: entry.context)
      }
    }
  }

  borrowing func isBlocked(_ entry: DraftEntry) -> Bool {
    isBlocked(entry, findings(of: entry))
  }

  borrowing func isBlocked(_ entry: DraftEntry, _ findings: [Finding]) -> Bool {
    findings.contains { finding in
      switch finding.severity {
      case .refusal: !entry.isAcceptedAsIs || finding.kind == .missing
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

  /// What another field has to do with a value: the first that it surely belongs to, else the first that has the same where
  /// one of the two is a secret.
  private borrowing func otherField(
    of bytes: RawSpan, at index: Int, _ accepted: Bool?
  ) -> OtherField? {
    // Of an empty value there is nothing to compare.
    if bytes.isEmpty { return nil }
    let entry = entries[index]
    for other in dependencies.telling where other != index && shown[other] {
      if entry.rules.isForeign(bytes, accepted, in: entries[other].rules) {
        return .owner(entries[other].id, name: label(of: entries[other].asked))
      }
    }
    for other in sizes.indices where sizes[other] == bytes.byteCount && other != index {
      let twin = entries[other]
      guard shown[other], twin.asked.isMasked || entry.asked.isMasked,
        values.withBytes(of: twin.id, { bytes.equals($0) })
      else { continue }
      return .twin(twin.id, name: label(of: twin.asked))
    }
    return nil
  }
}

/// A field of the form as seen from another one's value.
enum OtherField {
  /// The value looks like one of that field.
  case owner(Field.ID, name: String)
  /// That field has the same value.
  case twin(Field.ID, name: String)
}

extension FieldRules {
  /// Everything there is to say about a value, worst first. `accepted` is what `accept` says of it: an expression may
  /// take long, and is asked once.
  ///
  /// Emptiness first; then what explains a wrong value; format and choices; the pattern only where nothing better
  /// explains why it fails.
  func findings(
    for bytes: RawSpan, _ accepted: Bool?, _ asked: FormField, isMultiline: Bool,
    other: OtherField?, context: RepairContext
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
    ].compactMap { $0 }
    let strayed = strayedSecret(bytes, accepted, asked, other)
    var otherFinding = other.map(otherFieldFinding)
    // One that stops Enter has said already whose it is.
    if case .owner = other, strayed?.severity == .overridable { otherFinding = nil }
    findings += [strayed, otherFinding, wrongFormat(bytes), wrongChoice(bytes)].compactMap { $0 }
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
