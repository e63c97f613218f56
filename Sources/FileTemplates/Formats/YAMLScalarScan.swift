internal import Basics
internal import CYAML

/// Where the scalars of a YAML text stand, and how each is written, by libyaml's own scanner.
@safe
struct YAMLScalarScan: ~Copyable {
  enum Style { case plain, single, double, literal, folded }

  /// What the scanner finds: a scalar, or something else that a mark can stand in (an anchor, an alias, a tag, a directive,
  /// a brace), which has no style. In bytes.
  struct Token {
    let style: Style?
    let range: Range<Int>
  }

  /// A text that is no YAML.
  struct Problem: Error {
    /// In libyaml's words.
    let what: String
    /// From 0.
    let line: Int
    /// From 0.
    let column: Int
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  /// libyaml counts characters: the last place that was asked for, in both.
  private var known = (character: 0, byte: 0)

  /// The tokens of a text, in order.
  static func tokens(of text: [UInt8]) throws(Problem) -> [Token] {
    var scan = YAMLScalarScan(text)
    return try scan.tokens()
  }

  /// Whether what stands beside each other may do so, which the scanner does not look at.
  static func checkGrammar(of text: [UInt8]) throws(Problem) {
    let scan = YAMLScalarScan(text)
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(scan.parser, &event) == 1 else { throw scan.problem() }
      defer { unsafe yaml_event_delete(&event) }
      if unsafe event.type == YAML_STREAM_END_EVENT { return }
    }
  }

  private init(_ text: [UInt8]) {
    unsafe parser = .allocate(capacity: 1)
    unsafe bytes = .allocate(capacity: max(text.count, 1))
    _ = unsafe bytes.initialize(from: text)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      fatalError("no memory for a YAML parser")
    }
    unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, text.count)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe bytes.deallocate()
  }

  private mutating func tokens() throws(Problem) -> [Token] {
    var tokens: [Token] = []
    while true {
      var token = unsafe yaml_token_t()
      guard unsafe yaml_parser_scan(parser, &token) == 1 else { throw problem() }
      defer { unsafe yaml_token_delete(&token) }
      switch unsafe token.type {
      case YAML_STREAM_END_TOKEN: return tokens
      case YAML_SCALAR_TOKEN:
        let style = unsafe Self.style(token.data.scalar.style)
        tokens.append(Token(style: style, range: unsafe range(of: token)))
      case YAML_ALIAS_TOKEN, YAML_ANCHOR_TOKEN, YAML_TAG_TOKEN, YAML_VERSION_DIRECTIVE_TOKEN,
        YAML_TAG_DIRECTIVE_TOKEN, YAML_FLOW_MAPPING_START_TOKEN:
        tokens.append(Token(style: nil, range: unsafe range(of: token)))
      default: break
      }
    }
  }

  private mutating func range(of token: yaml_token_t) -> Range<Int> {
    let start = unsafe byte(atCharacter: Int(token.start_mark.index))
    return start..<(unsafe byte(atCharacter: Int(token.end_mark.index)))
  }

  private static func style(_ style: yaml_scalar_style_t) -> Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .single
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .double
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  /// Marks only lead forward.
  private mutating func byte(atCharacter character: Int) -> Int {
    let count = unsafe bytes.count
    while known.character < character, known.byte < count {
      known.byte += 1
      while known.byte < count, unsafe bytes[known.byte] & 0xC0 == 0x80 { known.byte += 1 }
      known.character += 1
    }
    return known.byte
  }

  private func problem() -> Problem {
    let words = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "unreadable"
    let mark = unsafe parser.pointee.problem_mark
    return Problem(
      what: words, line: Int(mark.line), column: Int(mark.column))
  }
}
