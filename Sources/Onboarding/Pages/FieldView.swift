package import Drafts
package import ProviderFormat

/// A field as a page shows it. Knows nothing of a masked value but its length and what may be said of it.
package struct FieldView: Equatable, Sendable {
  /// What stands in the input. Carets count Unicode scalars.
  package enum Input: Equatable, Sendable {
    /// A value in the clear, whole.
    case text(String, caret: Int)
    /// Of a secret its length in Unicode scalars.
    case masked(characters: Int, caret: Int)
    /// One of these; nil while none is chosen.
    case choices([String], selected: Int?)
  }

  /// Nil for what is no field of the provider: a search, a name, a path.
  package var id: Field.ID?
  /// Names the field wherever it is spoken of, in findings too.
  package var label: String
  /// Foreign text with links, shown while the field has the focus; empty where the provider says nothing.
  package var help: String
  /// For a masked field only lengths: the value itself stays in the draft's locked memory.
  package var input: Input
  /// Shown, muted, only while the input is empty; never becomes the value.
  package var placeholder: String?
  /// Decoration beside the input; not part of the value.
  package var prefix: String?
  /// The same behind the input: `.acme.example`.
  package var suffix: String?
  /// Whether an empty value passes; said beside the label.
  package var isOptional: Bool
  /// Whether keys go here. At most one field of a page.
  package var isFocused: Bool
  /// What is known of the value, in parts: `56 characters`, `tskey-api-…`.
  package var status: [String]
  /// The ends of a secret, in place of what is known of it while the user looks at them.
  package var ends: RevealedEnds?
  /// Findings, repairs and limits.
  package var notices: [Notice]
  /// Whether the user can have the value in spite of what was found.
  package var canOverride: Bool
  /// Whether a warning has stopped Enter, and the next one takes the value as it is.
  package var awaitsConfirmation: Bool
  /// A value that can be taken instead of typing one.
  package var offer: Suggestion?
  /// A value to be carried elsewhere; its number on the page copies it.
  package var copies: String?
  /// Whether the value is likely to lie in a file: it may have several lines.
  package var takesFile: Bool
  /// Whether the value was there before the session began, and nobody has touched it yet.
  package var isKept: Bool

  /// A field of which nothing else is known: not asked by a provider, without findings and without the focus.
  package init(label: String, input: Input) {
    self.id = nil
    self.label = label
    self.help = ""
    self.input = input
    self.placeholder = nil
    self.prefix = nil
    self.suffix = nil
    self.isOptional = false
    self.isFocused = false
    self.status = []
    self.ends = nil
    self.notices = []
    self.canOverride = false
    self.awaitsConfirmation = false
    self.offer = nil
    self.copies = nil
    self.takesFile = false
    self.isKept = false
  }

  /// Whether keys go into a text.
  package var takesText: Bool {
    switch input {
    case .text, .masked: true
    case .choices: false
    }
  }

  /// Whether nothing is entered, or nothing chosen; a placeholder is no value.
  package var isEmpty: Bool {
    switch input {
    case .text(let text, _): text.isEmpty
    case .masked(let characters, _): characters == 0
    case .choices(_, let selected): selected == nil
    }
  }

  /// Whether what is typed must not appear on the screen.
  package var isMasked: Bool {
    switch input {
    case .masked: true
    case .text, .choices: false
    }
  }
}
