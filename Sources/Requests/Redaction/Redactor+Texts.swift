internal import Basics
internal import Secrets

/// Texts that are kept as long as they are, with a mark in place of each piece of a secret.
extension Redactor {
  /// Bytes of any kind. They are looked at piece by piece, so that the tables of a search stay small.
  static func replaced(_ text: RawSpan, from sources: borrowing TemplateContext) -> [UInt8] {
    var result: [UInt8] = []
    var wasMarked = false
    var start = 0
    while start < text.byteCount {
      let end = min(text.byteCount, start + piece)
      let before = max(0, start - overlap)
      let seen = text.extracting(before..<min(text.byteCount, end + overlap))
      let marks = marks(in: seen, from: sources)
      for offset in start..<end {
        let isMarked = marks[offset - before]
        if !isMarked { result.append(text[offset]) }
        if isMarked, !wasMarked { result += mark.utf8 }
        wasMarked = isMarked
      }
      start = end
    }
    return result
  }

  /// The same of a text.
  static func replaced(_ text: String, from sources: borrowing TemplateContext) -> String {
    text.withBytes { String(decoding: replaced($0, from: sources), as: UTF8.self) }
  }

  /// Whether a piece of a secret stands in a text.
  static func occurs(in text: String, from sources: borrowing TemplateContext) -> Bool {
    text.withBytes { marks(in: $0, from: sources).contains(true) }
  }

  /// In bytes: how much is looked at in one go.
  private static let piece = 16 * 1024
  /// In bytes: how far pieces reach into each other. A secret in two of them is found by its ends, which are windows of
  /// some bytes, spaced out as they may be.
  private static let overlap = 256

  /// For each byte whether it is part of a secret.
  static func marks(in text: RawSpan, from sources: borrowing TemplateContext) -> [Bool] {
    var finder = SecretFinder(text)
    for field in sources.values.keys where sources.secretFields.contains(field) {
      sources.values.withBytes(of: field) { finder.mark($0) }
    }
    for name in sources.fetched.keys where !name.hasPrefix("derived.") {
      sources.fetched.withBytes(of: name) { finder.mark($0) }
    }
    return finder.isMarked
  }
}
