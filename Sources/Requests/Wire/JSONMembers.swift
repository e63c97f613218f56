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
