internal import CYAML
internal import GuideText

/// What libyaml found in a text, one after the other.
struct YAMLEvent {
  enum Content {
    case documentStart
    case alias(String)
    case scalar(String, isPlain: Bool, anchor: String?)
    case listStart(anchor: String?)
    case mapStart(anchor: String?)
    /// Of a list or map.
    case end
  }

  let content: Content
  /// One-based.
  let line: Int
}

/// libyaml's parser on bytes that it keeps alive.
@safe
struct YAMLEvents: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private let file: String
  private let firstLine: Int
  private var isAtEnd = false

  /// - Parameter firstLine: the number of the first line in its file.
  init(_ input: [UInt8], file: String, firstLine: Int) throws(GuideFinding) {
    self.file = file
    self.firstLine = firstLine
    unsafe parser = .allocate(capacity: 1)
    unsafe bytes = .allocate(capacity: max(input.count, 1))
    _ = unsafe bytes.initialize(from: input)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      fatalError("no memory for a YAML parser")
    }
    unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, input.count)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe bytes.deallocate()
  }

  /// The next event, or nil at the end of the text.
  mutating func next() throws(GuideFinding) -> YAMLEvent? {
    while !isAtEnd {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(parser, &event) == 1 else {
        isAtEnd = true
        throw problem()
      }
      defer { unsafe yaml_event_delete(&event) }
      isAtEnd = unsafe event.type == YAML_STREAM_END_EVENT
      if let content = unsafe Self.content(of: event) {
        return YAMLEvent(content: content, line: Int(unsafe event.start_mark.line) + firstLine)
      }
    }
    return nil
  }

  private static func content(of event: yaml_event_t) -> YAMLEvent.Content? {
    switch unsafe event.type {
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_ALIAS_EVENT: return .alias(unsafe text(event.data.alias.anchor) ?? "")
    case YAML_SEQUENCE_START_EVENT:
      return .listStart(anchor: unsafe text(event.data.sequence_start.anchor))
    case YAML_MAPPING_START_EVENT:
      return .mapStart(anchor: unsafe text(event.data.mapping_start.anchor))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
      // A tag in front (`!!str 12`) says that it is a text, whatever it looks like.
      let isTagged = (unsafe text(scalar.tag))?.hasSuffix(":str") ?? false
      return .scalar(
        unsafe String(decoding: bytes, as: UTF8.self), isPlain: isPlain && !isTagged,
        anchor: unsafe text(scalar.anchor))
    default: return nil
    }
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe String(cString: UnsafePointer(pointer))
  }

  /// Why the parser stopped, in its words, and what to look for.
  private func problem() -> GuideFinding {
    let words = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "unreadable"
    // What the reader of characters stops at has no line yet, only its place among the bytes.
    let isReader = unsafe parser.pointee.error == YAML_READER_ERROR
    let line =
      firstLine
      + (isReader
        ? lineFeeds(before: Int(unsafe parser.pointee.problem_offset))
        : Int(unsafe parser.pointee.problem_mark.line))
    let advice: String
    if isReader, words.hasPrefix("control characters") {
      let code = String(unsafe parser.pointee.problem_value, radix: 16, uppercase: true)
      advice = "take out the character with the code \(code) (hexadecimal)"
    } else if isReader {
      advice = "save the file as UTF-8"
    } else if words.contains("cannot start any token") {
      advice = "indent with spaces, and put texts that begin with @, ` or % in quotes"
    } else {
      advice =
        "look here and on the line before for a missing quote, a missing space after a colon, "
        + "or an indentation that does not fit"
    }
    return GuideFinding(
      severity: .error, file: file, line: line, message: "not valid YAML: \(words)",
      advice: advice)
  }

  private func lineFeeds(before offset: Int) -> Int {
    unsafe bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
  }
}
