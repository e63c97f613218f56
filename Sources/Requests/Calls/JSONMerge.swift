internal import Basics
internal import Secrets

/// Puts members into a JSON object, from buffer to buffer: what stands there already stays as it is written.
enum JSONMerge {
  /// - Parameters:
  ///   - content: an object; empty for one without members.
  ///   - added: an object, whose members take the place of those of their names.
  ///   - members: are set last.
  static func merge(
    _ content: consuming SecretBuffer, with added: borrowing SecretBuffer,
    setting members: [APICall.BodyMember]
  ) throws(RequestError) -> SecretBuffer {
    var text = content
    if text.isEmpty { text = SecretBuffer(text: "{}", capacity: 1) }
    text = try object { json throws(JSONError) in
      try text.withBytes { text throws(JSONError) in
        try added.withBytes { added throws(JSONError) in
          try lay(added, over: text, to: &json)
        }
      }
    }
    for member in members {
      let path = member.path.split(separator: ".").map(String.init)
      text = try object { json throws(JSONError) in
        try text.withBytes { text throws(JSONError) in
          try set(path[...], to: member.json, in: text, to: &json)
        }
      }
    }
    return text
  }

  private static func object(
    _ write: (inout SecretJSONWriter) throws(JSONError) -> Void
  ) throws(RequestError) -> SecretBuffer {
    var json = SecretJSONWriter()
    do throws(JSONError) {
      try write(&json)
    } catch {
      throw .badBody
    }
    guard let text = json.finish() else { throw .tooLong }
    return text
  }

  private static func lay(
    _ added: RawSpan, over text: RawSpan, to json: inout SecretJSONWriter
  ) throws(JSONError) {
    var names: Set<String> = []
    var reader = JSONReader(limits: .answers)
    try reader.object(added) { name, reader throws(JSONError) in
      names.insert(name)
      try reader.skip(added)
    }
    json.beginObject()
    reader = JSONReader(limits: .answers)
    try reader.object(text) { name, reader throws(JSONError) in
      let range = try reader.skip(text)
      if names.contains(name) { return }
      json.key(name)
      json.raw(text.extracting(range))
    }
    try reader.end(text)
    reader = JSONReader(limits: .answers)
    try reader.object(added) { name, reader throws(JSONError) in
      let range = try reader.skip(added)
      json.key(name)
      json.raw(added.extracting(range))
    }
    json.endObject()
  }

  /// An object with a member set, and with the objects around that one where they are not there.
  private static func set(
    _ path: ArraySlice<String>, to value: String, in text: RawSpan, to json: inout SecretJSONWriter
  ) throws(JSONError) {
    guard let first = path.first else { return json.raw(value) }
    let empty = SecretBuffer(text: "{}", capacity: 1)
    var isSet = false
    json.beginObject()
    var reader = JSONReader(limits: .answers)
    try reader.object(text) { name, reader throws(JSONError) in
      let isObject = try reader.kind(text) == .object
      let range = try reader.skip(text)
      json.key(name)
      guard name == first, !isSet else { return json.raw(text.extracting(range)) }
      isSet = true
      if isObject {
        try set(path.dropFirst(), to: value, in: text.extracting(range), to: &json)
      } else {
        try empty.withBytes { empty throws(JSONError) in
          try set(path.dropFirst(), to: value, in: empty, to: &json)
        }
      }
    }
    if !isSet {
      json.key(first)
      try empty.withBytes { empty throws(JSONError) in
        try set(path.dropFirst(), to: value, in: empty, to: &json)
      }
    }
    json.endObject()
  }
}
