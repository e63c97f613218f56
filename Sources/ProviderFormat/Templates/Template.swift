internal import Basics

/// A text with placeholders, as provider files write it: `Bearer ${apiKey}`, `${base64(${username}:${password})}`.
///
/// A template is no secret; what is put in its place is. Text that looks like a placeholder and is none stays as it
/// stands.
package struct Template: Sendable, Equatable {
  /// A piece of the text.
  package indirect enum Part: Sendable, Equatable {
    case literal(String)
    /// `${apiKey}`, `${credentials.apiKey}`: the path as written.
    case name(String)
    case now(TemplateTime)
    case random
    case call(TemplateFunction, [Template])
  }

  /// In written order.
  package let parts: [Part]

  /// Takes a text apart. Every text is a template; one without a placeholder is a single literal.
  package init(_ text: String) {
    var parser = TemplateParser(text)
    parts = parser.parse()
  }

  /// Of parts that stand for themselves: nothing in a literal is looked at again.
  package init(parts: [Part]) { self.parts = parts }

  /// The two sides of a `||`, for the places where it means "the left side, else the right one". It is looked for in
  /// the template only, never in a value.
  package static func alternatives(_ text: String) -> (left: String, right: String)? {
    text.withBytes { bytes in
      guard let bar = bytes.firstOffset(of: "||".utf8) else { return nil }
      let (left, right) = (bytes.shownText(0..<bar), bytes.shownText(bar + 2..<bytes.byteCount))
      return (left.trimmed, right.trimmed)
    }
  }

  /// Every path that the template names, arguments of functions included.
  package var names: [String] {
    parts.flatMap { part -> [String] in
      switch part {
      case .literal, .now, .random: []
      case .name(let path): [path]
      case .call(_, let arguments): arguments.flatMap(\.names)
      }
    }
  }

  /// Whether it calls a function, also among the arguments of another one.
  package func calls(_ function: TemplateFunction) -> Bool {
    parts.contains { part in
      switch part {
      case .literal, .now, .random, .name: false
      case .call(let called, let arguments):
        called == function || arguments.contains { $0.calls(function) }
      }
    }
  }

  /// Every text in it that is no placeholder, arguments of functions included.
  package var literals: [String] {
    parts.flatMap { part -> [String] in
      switch part {
      case .now, .random, .name: []
      case .literal(let text): [text]
      case .call(_, let arguments): arguments.flatMap(\.literals)
      }
    }
  }
}

extension String {
  /// Without blanks at its ends.
  package var trimmed: String {
    let blanks: (Unicode.Scalar) -> Bool = { $0 == " " || ("\u{9}"..."\u{D}").contains($0) }
    var scalars = unicodeScalars[...]
    while let first = scalars.first, blanks(first) { scalars.removeFirst() }
    while let last = scalars.last, blanks(last) { scalars.removeLast() }
    return String(scalars)
  }
}
