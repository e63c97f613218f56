/// A text with placeholders, as provider files write it: `Bearer ${apiKey}`, `${base64(${username}:${password})}`.
///
/// A template is no secret; what is put in its place is. Text that looks like a placeholder and is none stays as it
/// stands.
struct Template: Equatable {
  indirect enum Part: Equatable {
    case literal(String)
    /// `${apiKey}`, `${credentials.apiKey}`: the path as written.
    case name(String)
    case now(TemplateTime)
    case random
    case call(TemplateFunction, [Template])
  }

  let parts: [Part]

  init(_ text: String) {
    var parser = TemplateParser(text)
    parts = parser.parse()
  }

  init(parts: [Part]) { self.parts = parts }

  /// The two sides of a `||`, for the places where it means "the left side, else the right one". It is looked for in
  /// the template only, never in a value.
  static func alternatives(_ text: String) -> (left: String, right: String)? {
    guard let bar = text.utf8Range(of: "||") else { return nil }
    let bytes = Array(text.utf8)
    let left = String(decoding: bytes[..<bar.lowerBound], as: UTF8.self)
    let right = String(decoding: bytes[bar.upperBound...], as: UTF8.self)
    return (left.trimmed, right.trimmed)
  }

  /// Every path that the template names, arguments of functions included.
  var names: [String] {
    parts.flatMap { part -> [String] in
      switch part {
      case .literal, .now, .random: []
      case .name(let path): [path]
      case .call(_, let arguments): arguments.flatMap(\.names)
      }
    }
  }
}

/// The functions that a placeholder can call.
enum TemplateFunction: String, CaseIterable {
  case base64, sha256Hex, sha256Base64, hmacSha1Hex, fingerprint, ed25519Sign, awsSigV4

  /// How the text between the parentheses is divided into arguments.
  enum Arguments {
    case one
    /// At the last comma: the first argument may hold commas.
    case textAndKey
    case list
  }

  var arguments: Arguments {
    switch self {
    case .base64, .sha256Hex, .sha256Base64, .fingerprint: .one
    case .hmacSha1Hex, .ed25519Sign: .textAndKey
    case .awsSigV4: .list
    }
  }
}

extension String {
  /// Without blanks at its ends.
  var trimmed: String {
    let blanks: (Unicode.Scalar) -> Bool = { $0 == " " || ("\u{9}"..."\u{D}").contains($0) }
    var scalars = unicodeScalars[...]
    while let first = scalars.first, blanks(first) { scalars.removeFirst() }
    while let last = scalars.last, blanks(last) { scalars.removeLast() }
    return String(scalars)
  }
}
