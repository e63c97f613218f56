/// What the screen may know of a field: enough to draw it, never a masked value.
package struct FieldState: Equatable, Sendable {
  /// Length in Unicode scalars, the unit of `caret`.
  package var characters: Int
  /// The length of the value.
  package var bytes: Int
  /// The value of a field that is not masked. Nil when masked, and also when a plain field holds what looks like a
  /// secret of another field.
  package var text: String?
  /// The place of the next letter, in characters.
  package var caret: Int
  /// A prefix that says the kind of a masked value and is public: out of the provider's hints, or the literal
  /// beginning of its pattern.
  package var prefix: String?
  /// The last two characters of a masked value of at least 12.
  package var tail: String?
  /// Whether the value matches what is known of its form and nothing speaks against it. False also when nothing is
  /// known of the form.
  package var looksComplete: Bool
  /// Worst first. Empty where they were not asked for.
  package var findings: [Finding]
  /// What the last paste was mended of; empty after any other edit.
  package var repairs: [Repair]
  /// Whether the user said that the value is right.
  package var isOverridden: Bool
  /// Whether the form may not be left forwards with this value.
  package var isBlocked: Bool
  /// Whether the value may have several lines.
  package var isMultiline: Bool
  /// What a value of several lines is; nil of any other.
  package var file: FileFacts?

  /// What is left out is the state of a field that nobody has entered anything in.
  package init(
    characters: Int = 0, bytes: Int = 0, text: String? = nil, caret: Int = 0,
    prefix: String? = nil, tail: String? = nil, looksComplete: Bool = false,
    findings: [Finding] = [], repairs: [Repair] = [], isOverridden: Bool = false,
    isBlocked: Bool = false, isMultiline: Bool = false, file: FileFacts? = nil
  ) {
    self.characters = characters
    self.bytes = bytes
    self.text = text
    self.caret = caret
    self.prefix = prefix
    self.tail = tail
    self.looksComplete = looksComplete
    self.findings = findings
    self.repairs = repairs
    self.isOverridden = isOverridden
    self.isBlocked = isBlocked
    self.isMultiline = isMultiline
    self.file = file
  }
}
