internal import Basics
internal import ProviderFormat

/// A name out of a text: `ACME_API_KEY`, `X-Api-Key`, `credentials.apiKey`, `Client ID`.
struct SnippetName {
  private let text: String
  /// The last part of a path, in lower-case words.
  let words: [String]

  init(_ text: String) {
    self.text = text
    let last = text.split(separator: ".").last.map(String.init) ?? text
    words = SnippetName.words(of: last)
  }

  static func words(of text: String) -> [String] {
    NameWords.split(text, after: .anythingButCapital).map { $0.lowercased() }
  }

  /// The name as it may be printed: a name, and nothing that could be a secret in the wrong place.
  var shown: String? {
    let bytes = text.utf8.count
    guard bytes > 0, bytes <= 64, text.unicodeScalars.allSatisfy({ $0.isNamePart }) else {
      return nil
    }
    return text.withBytes { SecretShape.of($0) } == nil ? text : nil
  }

  /// Whether it speaks of a secret: `token`, `DB_PASSWORD`.
  var isTelling: Bool {
    SecretNames.speak(of: text)
      || ["pass", "pwd", "authorization", "auth", "jwt", "bearer"].contains(words.last ?? "")
  }

  /// The name of an environment variable as everybody writes them: capitals, and more than one word.
  var isVariable: Bool {
    let scalars = text.unicodeScalars
    return scalars.contains("_") && scalars.filter(\.isCapital).count >= 3
      && scalars.allSatisfy { $0.isCapital || $0 == "_" || ("0"..."9").contains($0) }
  }
}

extension Unicode.Scalar {
  fileprivate var isCapital: Bool { ("A"..."Z").contains(self) }

  fileprivate var isNamePart: Bool {
    properties.isAlphabetic || ("0"..."9").contains(self)
      || "_-. /()'".unicodeScalars.contains(self)
  }
}
