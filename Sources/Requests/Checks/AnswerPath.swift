internal import Basics
internal import Secrets

/// A path into an answer. XML has been turned into JSON, so that one kind of path leads into both.
struct AnswerPath {
  enum Kind: Equatable {
    /// Nothing stands there, or a JSON null.
    case absent
    case list
    case other
  }

  private let path: String

  init(_ path: String) { self.path = path }

  /// The text that stands there; nil when there is none, or a list or an object.
  func text(in answer: borrowing CheckAnswer) -> SecretBuffer? {
    let path = JSONPath(path, isXML: answer.isXML)
    let isCut = answer.cut != nil
    return answer.withJSON { path.text(in: $0, isCut: isCut) }
  }

  func kind(in answer: borrowing CheckAnswer) -> Kind {
    let path = JSONPath(path, isXML: answer.isXML)
    let isCut = answer.cut != nil
    return answer.withJSON { body in
      guard let range = path.find(in: body, isCut: isCut) else { return .absent }
      var reader = JSONReader(limits: .answers)
      return switch try? reader.kind(body.extracting(range)) {
      case .array: .list
      case .object, .string, .number, .bool: .other
      case .null, nil: .absent
      }
    }
  }

  /// The texts of a list, or those in one text with blanks or commas between.
  func forEachText(in answer: borrowing CheckAnswer, _ take: (RawSpan) -> Void) {
    guard kind(in: answer) == .list else {
      return text(in: answer)?.withBytes { Self.forEachWord(of: $0, take) } ?? ()
    }
    answer.withJSON { body in
      guard let range = JSONPath(path).find(in: body) else { return }
      let list = body.extracting(range)
      var reader = JSONReader(limits: .answers)
      try? reader.array(list) { reader throws(JSONError) in
        let element = list.extracting(try reader.skip(list))
        element.jsonText()?.withBytes { take($0) }
      }
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
