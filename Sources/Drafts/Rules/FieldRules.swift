internal import Basics
internal import ProviderFormat

/// What is known of the form of a field's value, prepared once per draft.
struct FieldRules {
  let field: Field
  /// What to call the field in a sentence: what the form calls it, as far as nobody gave it another name.
  var name: String
  /// The provider's hints on kinds of values, longest beginning first: the most exact one counts.
  let hints: [UsherExtension.Hint]
  /// How every right value begins: with one of these. In written order.
  let required: [UsherExtension.Hint]
  let patternSeverity: Finding.Severity
  /// Whose keys these are.
  let service: ServiceName
  /// Whether the entry's own example breaks what it says of the form.
  let contradicts: EntryContradiction
  /// What of the files that keys come in the field wants; nil when it wants none.
  let demand: KeyDemand?
  /// Where in an address the value stands; nil when it is in none.
  let place: AddressPlace?
  /// Nil when the field has none, or one that is not valid.
  let pattern: Pattern?
  /// What the pattern says of every right value.
  let analysis: PatternAnalysis?

  init(_ asked: FormField, in provider: Provider, _ uses: FieldUses) {
    let field = asked.field
    self.field = field
    name = asked.label
    let own = provider.usher.hints.filter { $0.field == field.id }
    hints = own.filter { $0.verdict != .required }
      .sorted { $0.startsWith.utf8.count > $1.startsWith.utf8.count }
    required = own.filter { $0.verdict == .required }
    demand = uses.key(field)
    // The parts of an address are ordinary texts, which a secret must not become.
    place = asked.isMasked ? nil : uses.place(of: field)
    service = ServiceName(provider)
    pattern = field.pattern.flatMap { try? Pattern($0) }
    contradicts = EntryContradiction(field, pattern)
    patternSeverity =
      switch provider.usher.patternSeverity[field.id] ?? .error {
      case .error: contradicts.isOfPattern ? .warning : .overridable
      case .warning: .warning
      }
    analysis = pattern.map { PatternAnalysis($0) }
  }

  /// Whether the value matches the pattern; nil when there is none that is valid, and when it takes too long to find out.
  func accept(_ bytes: RawSpan) -> Bool? {
    // Nothing that lacks the constant beginning matches, and to see that costs less than a search.
    if let analysis, !bytes.has(analysis.literalPrefix.utf8) { return false }
    return switch pattern?.search(bytes) {
    case .found: true
    case .notFound: false
    case .tooHard, nil: nil
    }
  }

  func hint(for bytes: RawSpan) -> UsherExtension.Hint? {
    hints.first { bytes.has($0.startsWith.utf8) }
  }

  /// Whether something positive is known about the value: it matches the pattern, has the format, is one of the
  /// choices, or begins as the right kind does.
  ///
  /// - Parameter accepted: what `accept` says.
  func isPositivelyValid(_ bytes: RawSpan, _ accepted: Bool?) -> Bool {
    guard !bytes.isEmpty else { return false }
    if let hint = hint(for: bytes), !hint.startsWith.isEmpty, field.pattern == nil {
      return hint.verdict == .right
    }
    if let accepted { return accepted }
    if let format = field.format { return format.accepts(bytes) }
    return !field.choices.isEmpty && field.choices.contains { bytes.equals($0.utf8) }
  }

  /// A beginning that tells the kind and no more, if the value has it and goes on after it.
  func publicPrefix(of bytes: RawSpan) -> String? {
    let known = (hints + required).map(\.startsWith) + [analysis?.literalPrefix ?? ""]
    return known.first { prefix in
      prefix.utf8.count >= 2 && prefix.utf8.count < bytes.byteCount && bytes.has(prefix.utf8)
    }
  }
}
