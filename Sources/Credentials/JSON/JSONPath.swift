internal import Secrets

/// A path into JSON text: `data.user.email`, `errors[0].message`. The members are walked where they lie; nothing is
/// made of the rest.
struct JSONPath {
  private enum Part: Equatable {
    case member(String)
    case element(Int)
  }

  private let parts: [Part]

  /// Dots between names; a number in brackets, or as a name of its own, is the place in a list. The empty path is
  /// the whole text.
  init(_ path: String) {
    var parts: [Part] = []
    for name in path.split(separator: ".") {
      var pieces = name.split(separator: "[", omittingEmptySubsequences: false)
      let first = pieces.removeFirst()
      if !first.isEmpty { parts.append(.member(String(first))) }
      for piece in pieces where piece.hasSuffix("]") {
        parts.append(
          Int(piece.dropLast()).map { .element($0) } ?? .member(String(piece.dropLast())))
      }
    }
    self.parts = parts
  }

  /// Where the value stands; nil when there is none, or the text is no JSON.
  func find(in text: RawSpan) -> Range<Int>? {
    var whole = SecretJSONReader()
    guard var range = try? whole.skip(text), (try? whole.end(text)) != nil else { return nil }
    for part in parts {
      guard let next = Self.step(part, into: text.extracting(range)) else { return nil }
      range = range.lowerBound + next.lowerBound..<range.lowerBound + next.upperBound
    }
    return range
  }

  private static func step(_ part: Part, into text: RawSpan) -> Range<Int>? {
    var reader = SecretJSONReader()
    var found: Range<Int>?
    switch (part, try? reader.kind(text)) {
    case (.member(let name), .object):
      try? reader.object(text) { key, reader throws(SecretJSONError) in
        let range = try reader.skip(text)
        if key == name { found = range }
      }
    case (.element(let wanted), .array): found = element(wanted, of: text, &reader)
    case (.member(let name), .array):
      found = Int(name).flatMap { element($0, of: text, &reader) }
    default: break
    }
    return found
  }

  private static func element(
    _ wanted: Int, of text: RawSpan, _ reader: inout SecretJSONReader
  ) -> Range<Int>? {
    var (index, found) = (0, nil as Range<Int>?)
    try? reader.array(text) { reader throws(SecretJSONError) in
      let range = try reader.skip(text)
      if index == wanted { found = range }
      index += 1
    }
    return found
  }
}

extension RawSpan {
  /// The text of a JSON string, and of a number or truth value as it is written; nil for anything else.
  func jsonText() -> SecretBuffer? {
    var reader = SecretJSONReader()
    switch try? reader.kind(self) {
    case .string: return try? reader.string(self)
    case .number, .bool:
      guard let range = try? reader.skip(self) else { return nil }
      return SecretBuffer(copying: extracting(range))
    case .object, .array, .null, nil: return nil
    }
  }
}
