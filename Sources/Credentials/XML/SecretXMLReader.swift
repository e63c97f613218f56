internal import Secrets

/// Turns XML whose texts may be secrets into JSON, from buffer to buffer, so that a path finds its way in both.
///
/// An element with nothing but text is a string, without the blanks around it; any other is an object with a member
/// for each name in it, a list where the name comes several times. Attributes are members whose names start with `$`,
/// text beside them is `#text`.
enum SecretXMLReader {
  /// Nil when the text is no XML, or some that is refused.
  static func json(of text: RawSpan) -> SecretBuffer? {
    guard let outline = XMLOutline(text) else { return nil }
    var json = SecretJSONWriter()
    json.beginObject()
    json.key(text.shownText(outline.elements[0].name))
    guard write(0, of: outline, text, to: &json) else { return nil }
    json.endObject()
    return json.finish()
  }

  private static func write(
    _ index: Int, of outline: XMLOutline, _ text: RawSpan, to json: inout SecretJSONWriter
  ) -> Bool {
    let element = outline.elements[index]
    guard let content = content(of: element, text) else { return false }
    if element.children.isEmpty, element.attributes.isEmpty {
      content.withBytes { json.string($0) }
      return true
    }
    json.beginObject()
    var names: Set<String> = []
    for attribute in element.attributes {
      let name = "$\(text.shownText(attribute.name))"
      guard names.insert(name).inserted, let value = decoded([(attribute.value, false)], text)
      else { return false }
      json.key(name)
      value.withBytes { json.string($0) }
    }
    if !content.isEmpty {
      json.key("#text")
      content.withBytes { json.string($0) }
    }
    for (name, places) in groups(of: element, outline, text) {
      json.key(name)
      if places.count > 1 { json.beginArray() }
      for place in places {
        guard write(place, of: outline, text, to: &json) else { return false }
      }
      if places.count > 1 { json.endArray() }
    }
    json.endObject()
    return true
  }

  /// The children by name, in the order in which the names come first.
  private static func groups(
    of element: XMLOutline.Element, _ outline: XMLOutline, _ text: RawSpan
  ) -> [(name: String, places: [Int])] {
    var groups: [(name: String, places: [Int])] = []
    var index: [String: Int] = [:]
    for child in element.children {
      let name = text.shownText(outline.elements[child].name)
      if let place = index[name] {
        groups[place].places.append(child)
      } else {
        index[name] = groups.count
        groups.append((name, [child]))
      }
    }
    return groups
  }

  private static func content(of element: XMLOutline.Element, _ text: RawSpan) -> SecretBuffer? {
    guard let whole = decoded(element.texts, text) else { return nil }
    return whole.withBytes { bytes in
      guard let first = bytes.firstOffset(where: { !$0.isBlank }) else {
        return SecretBuffer(capacity: 1)
      }
      var end = bytes.byteCount
      while bytes[end - 1].isBlank { end -= 1 }
      return SecretBuffer(copying: bytes.extracting(first..<end))
    }
  }

  /// The texts with their references resolved: the five of XML and those by number. Nil for any other.
  private static func decoded(
    _ pieces: [(range: Range<Int>, isLiteral: Bool)], _ text: RawSpan
  ) -> SecretBuffer? {
    let size = pieces.reduce(0) { $0 + $1.range.count }
    // A reference is never shorter than the character that it stands for.
    var decoded = SecretBuffer(capacity: max(1, size))
    for (range, isLiteral) in pieces {
      var offset = range.lowerBound
      while offset < range.upperBound {
        guard !isLiteral, text[offset] == UInt8(ascii: "&") else {
          decoded.append(text[offset])
          offset += 1
          continue
        }
        guard let end = text.firstOffset(from: offset, where: { $0 == UInt8(ascii: ";") }),
          end < range.upperBound, end - offset <= 12,
          let scalar = scalar(named: text.shownText(offset + 1..<end))
        else { return nil }
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { decoded.append(byte) }
        offset = end + 1
      }
    }
    return decoded
  }

  private static func scalar(named name: String) -> Unicode.Scalar? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard name.hasPrefix("#") else { return nil }
      let isHex = name.hasPrefix("#x")
      let number = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10)
      guard let number, number != 0 else { return nil }
      return Unicode.Scalar(number)
    }
  }
}
