internal import Guides
internal import Secrets

/// JSON out of an entry's own value. Its texts are templates; numbers, truth values and null stay what they are.
extension SecretJSONWriter {
  /// - Parameter fill: the text that a template makes. Nil leaves a member out of its map, and is null elsewhere.
  mutating func write(
    _ value: Value, filling fill: (String) throws(RequestError) -> SecretBuffer?
  ) throws(RequestError) {
    switch value {
    case .null, .bool, .int, .double: raw(value.json)
    case .string(let template):
      guard let text = try fill(template) else { return raw("null") }
      text.withBytes { string($0) }
    case .list(let list):
      beginArray()
      for element in list { try write(element, filling: fill) }
      endArray()
    case .map(let map):
      beginObject()
      for member in map.members { try write(member, filling: fill) }
      endObject()
    }
  }

  /// One member of an object.
  mutating func write(
    _ member: Value.Member, filling fill: (String) throws(RequestError) -> SecretBuffer?
  ) throws(RequestError) {
    guard case .string(let template) = member.value else {
      key(member.key)
      return try write(member.value, filling: fill)
    }
    guard let text = try fill(template) else { return }
    key(member.key)
    text.withBytes { string($0) }
  }
}
