internal import Basics
internal import Secrets

/// The texts and numbers of a JSON document, each with the path that leads to it.
enum JSONSnippet {
  /// Nil when the text is no JSON object or list.
  static func read(_ text: RawSpan) -> Snippet? {
    let range = Blanks.trimmed(text, 0..<text.byteCount)
    guard !range.isEmpty, "{[".utf8.contains(text[range.lowerBound]) else { return nil }
    let json = text.extracting(range)
    var walk = Walk()
    var reader = JSONReader()
    do throws(JSONError) {
      try walk.value(json, &reader, name: "")
      try reader.end(json)
    } catch {
      return nil
    }
    return walk.finish()
  }

  /// Lists of pairs (`{"name": "A", "value": "b"}`) are read as what they mean.
  private struct Walk: ~Copyable {
    private var snippet = Snippet(.json)

    consuming func finish() -> Snippet { snippet }

    mutating func value(
      _ text: RawSpan, _ reader: inout JSONReader, name: String
    ) throws(JSONError) {
      switch try reader.kind(text) {
      case .object:
        if let pair = try NamedPair.read(text, reader) {
          snippet.add(
            Snippet.Item(pair, .named(isExplicit: false), mark: .colon),
            try NamedPair.value(text, &reader))
          return
        }
        try reader.object(text) { key, reader throws(JSONError) in
          try value(text, &reader, name: name.isEmpty ? key : "\(name).\(key)")
        }
      case .array:
        try reader.array(text) { reader throws(JSONError) in
          try value(text, &reader, name: name)
        }
      case .string:
        snippet.add(item(name), try reader.string(text))
      case .number:
        snippet.add(item(name), SecretBuffer(copying: text.extracting(try reader.skip(text))))
      case .bool, .null: try reader.skip(text)
      }
    }

    private func item(_ name: String) -> Snippet.Item {
      name.isEmpty
        ? Snippet.Item("", .line, line: snippet.count + 1)
        : Snippet.Item(name, .named(isExplicit: false), mark: .colon)
    }
  }

  /// An object that names a value by a value: a variable of a container, a line of Postman's.
  private enum NamedPair {
    private static let names = ["name", "key", "variable"]

    /// The name, without moving on; nil when the object is no such pair.
    static func read(_ text: RawSpan, _ reader: JSONReader) throws(JSONError) -> String? {
      var (reader, name, hasValue) = (reader, nil as Range<Int>?, false)
      try reader.object(text) { key, reader throws(JSONError) in
        let isText = try reader.kind(text) == .string
        if isText, names.contains(key) {
          // Between its quotes: a name has no escapes.
          let range = try reader.skip(text)
          let spelled = range.lowerBound + 1..<range.upperBound - 1
          if text.extracting(spelled).isPlausibleName { name = spelled }
        } else {
          if isText, key == "value" { hasValue = true }
          try reader.skip(text)
        }
      }
      guard hasValue, let name else { return nil }
      return text.shownText(name)
    }

    static func value(_ text: RawSpan, _ reader: inout JSONReader) throws(JSONError) -> SecretBuffer
    {
      var value = SecretBuffer(capacity: 1)
      try reader.object(text) { key, reader throws(JSONError) in
        if key == "value" { value = try reader.string(text) } else { try reader.skip(text) }
      }
      return value
    }
  }
}
