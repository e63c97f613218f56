internal import Basics
internal import Secrets

/// Turns XML whose texts may be secrets into JSON, from buffer to buffer, so that one kind of path finds its way in both.
///
/// An element with nothing but text is a string, without the blanks around it; any other is an object with a member
/// for each name in it, a list where the name comes several times. Attributes are members whose names start with `$`,
/// text beside them is `#text`.
enum XMLConversion {
  /// Nil when the text is no XML, or some that is refused.
  static func json(of text: RawSpan) -> SecretBuffer? {
    guard let outline = XMLOutline(text) else { return nil }
    var json = SecretJSONWriter()
    json.beginObject()
    json.key(outline.elements[0].name)
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
    for attribute in element.attributes {
      guard let value = text.extracting(attribute.value).xmlText() else { return false }
      json.key("$\(attribute.name)")
      value.withBytes { json.string($0) }
    }
    if !content.isEmpty {
      json.key("#text")
      content.withBytes { json.string($0) }
    }
    for (name, places) in groups(of: element, outline) {
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
    of element: XMLOutline.Element, _ outline: XMLOutline
  ) -> [(name: String, places: [Int])] {
    var groups: [(name: String, places: [Int])] = []
    var index: [String: Int] = [:]
    for child in element.children {
      let name = outline.elements[child].name
      if let place = index[name] {
        groups[place].places.append(child)
      } else {
        index[name] = groups.count
        groups.append((name, [child]))
      }
    }
    return groups
  }

  /// The element's own text without the blanks around it.
  private static func content(of element: XMLOutline.Element, _ text: RawSpan) -> SecretBuffer? {
    var whole = SecretWriter()
    for (range, isLiteral) in element.texts {
      let piece = text.extracting(range)
      guard !isLiteral else {
        whole.append(piece)
        continue
      }
      guard let resolved = piece.xmlText() else { return nil }
      resolved.withBytes { whole.append($0) }
    }
    return whole.withBytes { bytes in
      SecretBuffer(copying: bytes.extracting(bytes.withoutXMLBlanks))
    }
  }
}
