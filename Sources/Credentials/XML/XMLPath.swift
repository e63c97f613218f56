/// A path into an XML document: `ccb_api/response/error`, `envelope.body.item[1]`, `result/@code`. The elements are
/// walked where they lie; nothing is made of the rest.
struct XMLPath {
  private struct Part {
    let name: String
    /// Which of the elements of that name below the same parent, from 0.
    let index: Int

    /// A name without a prefix fits with any, because a document chooses its prefixes freely.
    func fits(_ other: String) -> Bool {
      if name == other { return true }
      guard !name.utf8.contains(UInt8(ascii: ":")),
        let colon = other.utf8.firstIndex(of: UInt8(ascii: ":"))
      else { return false }
      return name == other[other.utf8.index(after: colon)...]
    }
  }

  private let parts: [Part]
  private let attribute: Part?

  /// Slashes or dots between names, from the outermost element on. A number in brackets is the place among the elements
  /// of that name, from 0, and `@` before the last name means an attribute.
  init(_ path: String) {
    var names = path.split { $0 == "/" || $0 == "." }
    if let last = names.last, last.hasPrefix("@") {
      names.removeLast()
      attribute = Part(name: String(last.dropFirst()), index: 0)
    } else {
      attribute = nil
    }
    parts = names.map { name in
      guard let bracket = name.firstIndex(of: "["), name.hasSuffix("]"),
        let index = Int(name[name.index(after: bracket)...].dropLast())
      else { return Part(name: String(name), index: 0) }
      return Part(name: String(name[..<bracket]), index: index)
    }
  }

  /// Where the element's content or the attribute's value stands, which may be empty; nil when there is none, or the
  /// text is no XML document as a whole. `RawSpan.xmlText()` of it is the text.
  func find(in text: RawSpan) -> Range<Int>? {
    guard let found = try? walk(text) else { return nil }
    return found
  }

  private func walk(_ text: RawSpan) throws(SecretXMLError) -> Range<Int>? {
    var reader = SecretXMLReader()
    var hasRoot = false
    // How many elements from the outermost on lie on the path, and how often the next name was seen below each of them.
    var matched = 0
    var seen = Array(repeating: 0, count: parts.count + 1)
    var (start, found) = (nil as Int?, nil as Range<Int>?)
    while true {
      switch try reader.next(text) {
      case .start(let name):
        let level = reader.depth - 1
        if level == 0, hasRoot { throw failure(.secondElement, reader) }
        hasRoot = true
        guard found == nil, level == matched, matched < parts.count, parts[matched].fits(name)
        else { continue }
        seen[matched] += 1
        guard seen[matched] == parts[matched].index + 1 else { continue }
        matched += 1
        seen[matched] = 0
        guard matched == parts.count else { continue }
        if let attribute {
          found = reader.attributes.first { attribute.fits($0.name) }?.value
        } else {
          start = reader.offset
        }
      case .end:
        guard reader.depth == matched - 1 else { continue }
        if matched == parts.count, let begin = start, found == nil {
          found = begin..<max(begin, reader.eventStart)
        }
        matched -= 1
      case .text(let range):
        let isOutside = reader.depth == 0 && text.extracting(range).contains { !$0.isXMLBlank }
        if isOutside { throw failure(.textOutside, reader) }
      case .literal: if reader.depth == 0 { throw failure(.textOutside, reader) }
      case .finish:
        guard hasRoot else { throw failure(.noElement, reader) }
        return found
      }
    }
  }

  private func failure(
    _ reason: SecretXMLError.Reason, _ reader: SecretXMLReader
  ) -> SecretXMLError {
    SecretXMLError(reason: reason, offset: reader.eventStart)
  }
}
