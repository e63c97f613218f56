internal import Basics
internal import Secrets

/// A path into JSON text: `data.user.email`, `errors[0].message`. The members are walked where they lie; nothing is
/// made of the rest.
struct JSONPath {
  private enum Part: Equatable {
    case member(String)
    case element(Int)
  }

  private let parts: [Part]
  /// Whether the text was XML, as `XMLConversion` writes it. One element of a name is then as good as a list of one, a
  /// list without a number is its first element, and a name without a prefix fits with any, because a document
  /// chooses its prefixes freely.
  private let isXML: Bool

  /// Dots between names; a number in brackets, or as a name of its own, is the place in a list. The empty path is
  /// the whole text.
  ///
  /// - Parameter isXML: whether the text was XML. Slashes may then stand for the dots, and `@` before an attribute.
  init(_ path: String, isXML: Bool = false) {
    self.isXML = isXML
    var parts: [Part] = []
    for name in path.split(whereSeparator: { $0 == "." || isXML && $0 == "/" }) {
      var pieces = name.split(separator: "[", omittingEmptySubsequences: false)
      let first = pieces.removeFirst()
      if isXML, first.hasPrefix("@") {
        parts.append(.member("$\(first.dropFirst())"))
      } else if !first.isEmpty {
        parts.append(.member(String(first)))
      }
      for piece in pieces where piece.hasSuffix("]") {
        parts.append(
          Int(piece.dropLast()).map { .element($0) } ?? .member(String(piece.dropLast())))
      }
    }
    self.parts = parts
  }

  /// Where the value stands; nil when there is none, or the text is no JSON.
  /// - Parameter isCut: whether the text is the beginning of a longer one: what stands in it whole is found.
  func find(in text: RawSpan, isCut: Bool = false) -> Range<Int>? {
    var whole = JSONReader(limits: .answers)
    var range = 0..<text.byteCount
    if let all = try? whole.skip(text), (try? whole.end(text)) != nil {
      range = all
    } else if !isCut {
      return nil
    }
    for (index, part) in parts.enumerated() {
      guard let next = step(part, into: text.extracting(range)) else { return nil }
      range = range.lowerBound + next.lowerBound..<range.lowerBound + next.upperBound
      let isPlaced = index + 1 < parts.count && Self.isPlace(parts[index + 1])
      if isXML, !isPlaced, let first = step(.element(0), into: text.extracting(range)) {
        range = range.lowerBound + first.lowerBound..<range.lowerBound + first.upperBound
      }
    }
    return range
  }

  /// The text that stands there: a string's, a number or truth value as it is written, and in XML that of an element
  /// beside its attributes. Nil for anything else.
  func text(in text: RawSpan, isCut: Bool = false) -> SecretBuffer? {
    find(in: text, isCut: isCut).flatMap { self.text(at: $0, in: text) }
  }

  /// The same where it has been found already.
  func text(at range: Range<Int>, in text: RawSpan) -> SecretBuffer? {
    let value = text.extracting(range)
    guard isXML, let own = step(.member("#text"), into: value) else { return value.jsonText() }
    return value.extracting(own).jsonText()
  }

  private static func isPlace(_ part: Part) -> Bool {
    switch part {
    case .member(let name): Int(name) != nil
    case .element: true
    }
  }

  private func step(_ part: Part, into text: RawSpan) -> Range<Int>? {
    var reader = JSONReader(limits: .answers)
    var found: Range<Int>?
    switch (part, try? reader.kind(text)) {
    case (.member(let name), .object):
      try? reader.object(text) { key, reader throws(JSONError) in
        let range = try reader.skip(text)
        // Of two members of one name the last counts, as in ECMAScript; of two elements the first one that fits.
        if found == nil || !isXML, fits(name, key) { found = range }
      }
    case (.element(let wanted), .array): found = Self.element(wanted, of: text, &reader)
    case (.member(let name), .array):
      found = Int(name).flatMap { Self.element($0, of: text, &reader) }
    case (.element(0), _) where isXML: found = 0..<text.byteCount
    default: break
    }
    return found
  }

  private func fits(_ name: String, _ key: String) -> Bool {
    if name == key { return true }
    guard isXML, !name.utf8.contains(UInt8(ascii: ":")),
      let colon = key.utf8.firstIndex(of: UInt8(ascii: ":"))
    else { return false }
    let bare = key[key.utf8.index(after: colon)...]
    return key.hasPrefix("$") ? name == "$\(bare)" : name == bare
  }

  private static func element(
    _ wanted: Int, of text: RawSpan, _ reader: inout JSONReader
  ) -> Range<Int>? {
    var (index, found) = (0, nil as Range<Int>?)
    try? reader.array(text) { reader throws(JSONError) in
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
    var reader = JSONReader(limits: .answers)
    switch try? reader.kind(self) {
    case .string: return try? reader.string(self)
    case .number, .bool:
      guard let range = try? reader.skip(self) else { return nil }
      return SecretBuffer(copying: extracting(range))
    case .object, .array, .null, nil: return nil
    }
  }
}
