/// Finds the names in a template, also inside of functions: `${base64(${username}:${password})}`.
enum TemplateNames {
  enum Part: Equatable {
    case name(String)
    case unclosed
  }

  static func parts(of template: String) -> [Part] {
    var parts: [Part] = []
    var rest = template[...]
    while let start = rest.firstRange(of: "${") {
      let inner = rest[start.upperBound...]
      guard let end = closing(of: inner) else { return parts + [.unclosed] }
      parts += names(in: inner[..<end])
      rest = inner[inner.index(after: end)...]
    }
    return parts
  }

  /// The brace that closes the one before `text`.
  private static func closing(of text: Substring) -> String.Index? {
    var depth = 1
    for index in text.indices {
      if text[index] == "{" { depth += 1 }
      if text[index] == "}" { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  /// A name, or a function whose argument is a template of its own.
  private static func names(in text: Substring) -> [Part] {
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else {
      return [.name(String(text))]
    }
    return parts(of: String(text[text.index(after: open)...]))
  }
}
