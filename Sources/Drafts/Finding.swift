package import ProviderFormat

/// What a rule says of a value. Never holds the value itself, or a part of it that is not public.
package struct Finding: Equatable, Sendable {
  /// What is wrong, for branches and tests; people read `sentence`.
  package enum Kind: Equatable, Sendable {
    /// Nothing was typed and something is needed.
    case missing
    case format(Field.Format)
    /// Not one of the choices.
    case choice
    /// Does not match the field's pattern.
    case pattern
    /// The provider's pattern is not valid and was skipped.
    case patternSkipped
    case controlCharacter
    /// Zero-width and direction characters, which look like nothing.
    case invisibleCharacter
    /// Bytes that are not UTF-8.
    case notText
    case smartQuotes
    /// The same text twice, one after the other.
    case doubled
    /// The guide's own example.
    case example
    /// A value that was shown with stars and so copied with them.
    case starredOut
    /// Another kind of token.
    case wrongKind
    /// Belongs to another field of the form.
    case belongsTo(Field.ID)
    /// The same as another secret of the form.
    case sameAs(Field.ID)
    /// Of the files that keys come in, not the one that is wanted; `holdsSecret` even where the field is plain.
    case keyFile(holdsSecret: Bool)
    /// Begins as the keys of another service do.
    case otherService
    /// An address, an e-mail address or the path of a file where a key is wanted.
    case address
    /// Stands in the place of a value: a variable, a reference, words.
    case placeholder
    /// What looks like a secret, in a field that asks for none.
    case strayedSecret
    /// The value has something around it that a paste would be mended of.
    case wrapped
    case blankInside
    case unusualLetters
    /// What the provider file has to say about this very value.
    case advisory
  }

  /// What the finding keeps the user from.
  package enum Severity: Int, Sendable, Comparable, CaseIterable {
    /// Cannot be right: only `acceptAsIs` lets it pass.
    case refusal
    /// Refused until the user insists.
    case overridable
    /// Said, and let through.
    case warning
    case note

    /// Worst first.
    package static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
  }

  /// What is the matter.
  package var kind: Kind
  /// Whether it stops the value.
  package var severity: Severity
  /// One sentence with a period.
  package var sentence: String

  package init(kind: Kind, severity: Severity, sentence: String) {
    self.kind = kind
    self.severity = severity
    self.sentence = sentence
  }
}
