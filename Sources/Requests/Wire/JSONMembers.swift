package import Basics
package import Drafts
internal import ProviderFormat
package import Secrets

extension SecretJSONWriter {
  /// A member whose value is a text.
  package mutating func member(_ key: String, _ text: String) {
    self.key(key)
    string(text)
  }

  /// A member whose value is a list of texts.
  package mutating func member(_ key: String, _ texts: [String]) {
    self.key(key)
    beginArray()
    for text in texts { string(text) }
    endArray()
  }

  /// Nothing when there is no text.
  mutating func member(_ key: String, ifPresent text: String?) {
    if let text { member(key, text) }
  }

  /// Nothing when there is no number.
  mutating func member(_ key: String, ifPresent number: Int64?) {
    guard let number else { return }
    self.key(key)
    self.number(number)
  }

  /// A list of lists of two texts: names may come more than once, and their order counts.
  mutating func member(_ key: String, pairs: [(String, String)]) {
    self.key(key)
    beginArray()
    for (name, value) in pairs {
      beginArray()
      string(name)
      string(value)
      endArray()
    }
    endArray()
  }
}

extension SecretJSONWriter {
  /// A member whose value may be a secret: written from buffer to buffer.
  mutating func member(_ key: String, secret: borrowing SecretBuffer) {
    self.key(key)
    secret.withBytes { string($0) }
  }

  /// A member that is an object of values that may be secrets, by their names.
  mutating func member(_ key: String, secrets: borrowing SecretMap<String>) {
    self.key(key)
    beginObject()
    for name in secrets.keys {
      self.key(name)
      secrets.withBytes(of: name) { string($0) }
    }
    endObject()
  }

  /// A member whose value is a truth value.
  mutating func member(_ key: String, _ truth: Bool) {
    self.key(key)
    bool(truth)
  }
}

extension JSONReader {
  /// Reads an object of values that may be secrets, by their names.
  mutating func secrets(_ text: RawSpan) throws(JSONError) -> SecretMap<String> {
    var secrets = SecretMap<String>()
    try object(text) { name, reader throws(JSONError) in
      secrets.set(name, to: try reader.string(text))
    }
    return secrets
  }

  /// Reads a list of texts that are no secrets.
  mutating func plainStrings(_ text: RawSpan) throws(JSONError) -> [String] {
    var texts: [String] = []
    try array(text) { reader throws(JSONError) in texts.append(try reader.plainString(text)) }
    return texts
  }

  /// Reads a truth value.
  package mutating func truth(_ text: RawSpan) throws(JSONError) -> Bool {
    guard try kind(text) == .bool else { throw failure(.unexpected) }
    return text[try skip(text).lowerBound] == UInt8(ascii: "t")
  }

  /// Reads a list of lists of two texts; nil when one has another number of them.
  mutating func pairs(_ text: RawSpan) throws(JSONError) -> [(String, String)]? {
    var pairs: [(String, String)] = []
    var isGood = true
    try array(text) { reader throws(JSONError) in
      var texts: [String] = []
      try reader.array(text) { reader throws(JSONError) in
        texts.append(try reader.plainString(text))
      }
      if texts.count == 2 { pairs.append((texts[0], texts[1])) } else { isGood = false }
    }
    return isGood ? pairs : nil
  }
}

extension SecretValues {
  /// One member for each field: `"credentials.apiKey":"…"`.
  package borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    for field in keys {
      json.key(field.description)
      withBytes(of: field) { json.string($0) }
    }
    json.endObject()
  }

  /// Reads what `write` writes; nil when a name is not that of a field.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> SecretValues? {
    var values = SecretValues()
    var isGood = true
    try reader.object(text) { name, reader throws(JSONError) in
      if let id = Field.ID(name) {
        values.set(id, to: try reader.string(text))
      } else {
        isGood = false
        try reader.skip(text)
      }
    }
    if !isGood { return nil }
    return values
  }
}
