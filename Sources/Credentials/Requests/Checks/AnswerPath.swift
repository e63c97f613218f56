internal import Secrets

/// A path into an answer: into XML where the answer begins with `<`, which no JSON does, else into JSON.
struct AnswerPath {
  enum Kind: Equatable {
    /// Nothing stands there, or a JSON null.
    case absent
    case list
    case other
  }

  private let path: String

  init(_ path: String) { self.path = path }

  /// Whether the first character, a byte order mark and blanks aside, opens a tag.
  static func isXML(_ body: RawSpan) -> Bool {
    let start = body.has([0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let first = body.firstOffset(from: start, where: { !$0.isXMLBlank }) else { return false }
    return body[first] == UInt8(ascii: "<")
  }

  /// The text that stands there; nil when there is none, or a list or an object.
  func text(in body: RawSpan) -> SecretBuffer? {
    guard Self.isXML(body) else {
      guard let range = JSONPath(path).find(in: body) else { return nil }
      return body.extracting(range).jsonText()
    }
    guard let range = XMLPath(path).find(in: body),
      let text = body.extracting(range).xmlText()
    else { return nil }
    // Blanks around the text are the document's layout.
    return text.withBytes { text in
      SecretBuffer(copying: text.extracting(text.withoutXMLBlanks))
    }
  }

  func kind(in body: RawSpan) -> Kind {
    if Self.isXML(body) { return XMLPath(path).find(in: body) == nil ? .absent : .other }
    guard let range = JSONPath(path).find(in: body) else { return .absent }
    var reader = SecretJSONReader()
    return switch try? reader.kind(body.extracting(range)) {
    case .array: .list
    case .object, .string, .number, .bool: .other
    case .null, nil: .absent
    }
  }

  /// The texts of a list, or those in one text with blanks or commas between.
  func forEachText(in body: RawSpan, _ take: (RawSpan) -> Void) {
    guard kind(in: body) == .list, let range = JSONPath(path).find(in: body) else {
      return text(in: body)?.withBytes { Self.forEachWord(of: $0, take) } ?? ()
    }
    let list = body.extracting(range)
    var reader = SecretJSONReader()
    try? reader.array(list) { reader throws(SecretJSONError) in
      let element = list.extracting(try reader.skip(list))
      element.jsonText()?.withBytes { take($0) }
    }
  }

  private static func forEachWord(of text: RawSpan, _ take: (RawSpan) -> Void) {
    var start = 0
    while start < text.byteCount {
      let end = text.firstOffset(from: start) { $0 == UInt8(ascii: ",") || $0 == 0x20 }
      if let end, end == start {
        start += 1
        continue
      }
      take(text.extracting(start..<(end ?? text.byteCount)))
      start = end ?? text.byteCount
    }
  }
}

extension RawSpan {
  /// Whether a text occurs, without regard to the case of ASCII letters.
  func containsIgnoringCase(_ text: String) -> Bool {
    let words = Array(text.lowercased().utf8)
    guard let first = words.first else { return true }
    var start = 0
    while let offset = firstOffset(from: start, where: { $0.asciiLowercased == first }) {
      if hasIgnoringCase(words, at: offset) { return true }
      start = offset + 1
    }
    return false
  }
}
