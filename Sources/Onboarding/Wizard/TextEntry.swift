internal import Basics
internal import Drafts
internal import Secrets

/// A line of text that is no secret and belongs to no form: a search, a name.
struct TextEntry: Equatable {
  private(set) var scalars: [Unicode.Scalar]
  private(set) var caret: Int
  /// In Unicode scalars. Whoever pastes more than this into a search pasted something else.
  let limit: Int

  init(_ text: String = "", limit: Int = 64) {
    scalars = Array(text.unicodeScalars)
    caret = scalars.count
    self.limit = limit
  }

  var text: String { String(scalars) }

  /// What the text looks like, where it looks like a secret: it must not be shown then, nor said.
  var secret: SecretShape? { scalars.count < 12 ? nil : SecretShape.of(text) }

  /// The text as a field shows it.
  var input: FieldView.Input {
    secret == nil ? .text(text, caret: caret) : .masked(characters: scalars.count, caret: caret)
  }

  mutating func apply(_ edit: Edit) {
    switch edit {
    case .insert(let scalar):
      guard scalars.count < limit, scalar.properties.generalCategory != .control else { return }
      scalars.insert(scalar, at: caret)
      caret += 1
    case .erase(let what):
      let range = range(of: what)
      scalars.removeSubrange(range)
      caret = range.lowerBound
    case .move(.left): caret = max(0, caret - 1)
    case .move(.right): caret = min(scalars.count, caret + 1)
    case .move(.start): caret = 0
    case .move(.end): caret = scalars.count
    }
  }

  /// Takes a paste in, or nothing and returns false when it is too long or is not text.
  mutating func paste(_ pasted: borrowing SecretBuffer) -> Bool {
    guard pasted.count <= limit else { return false }
    let text = pasted.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe String(validating: $0, as: UTF8.self) }
    }
    guard let text else { return false }
    for scalar in text.unicodeScalars { apply(.insert(scalar)) }
    return true
  }

  mutating func replace(with text: String) {
    self = TextEntry(text, limit: limit)
  }

  private func range(of erasure: Erasure) -> Range<Int> {
    switch erasure {
    case .backward: max(0, caret - 1)..<caret
    case .forward: caret..<min(scalars.count, caret + 1)
    case .wordBackward: wordStart..<caret
    case .toStart: 0..<caret
    case .toEnd: caret..<scalars.count
    case .all: 0..<scalars.count
    }
  }

  private var wordStart: Int {
    var start = caret
    while start > 0, scalars[start - 1] == " " { start -= 1 }
    while start > 0, scalars[start - 1] != " " { start -= 1 }
    return start
  }
}
