import Basics
import TestSupport
import Testing

@Suite struct ReadingJSON {
  /// Whether a walk over the bytes finds exactly one JSON value.
  private static func isWalked(_ bytes: [UInt8]) -> Bool {
    bytes.withBytes { text in
      var reader = JSONReader(limits: .standard)
      return (try? reader.skip(text)) != nil && (try? reader.end(text)) != nil
    }
  }

  private static func isTree(_ bytes: [UInt8]) -> Bool {
    bytes.withBytes { (try? Value(json: $0)) != nil }
  }

  static let good = [
    "{}", "[]", "\"\"", "0", "-0", "1e5", "1.5E-3", "true", "false", "null", " [ 1 , 2 ] ",
    #"{"a":{"b":[null,{"c":"\u00e9\\\/\b\f\n\r\t\""}]}}"#, "\"🗝\"",
  ]
  static let bad = [
    "", " ", "{", "}", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}", "01", "+1",
    "1.", ".5", "1e", "--1", "tru", "nul", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"",
    "\"\\udc00\\ud800\"", "\"a\nb\"", "[1 2]", "1 2", "//", "{\"a\":1,\"a\":2}", "\u{FEFF}1", "NaN",
  ]

  @Test(arguments: good)
  func `JSON is read by walk and tree`(text: String) {
    #expect(Self.isWalked(Array(text.utf8)))
    #expect(Self.isTree(Array(text.utf8)))
  }

  @Test(arguments: bad)
  func `what is not JSON is refused by both`(text: String) {
    #expect(!Self.isWalked(Array(text.utf8)))
    #expect(!Self.isTree(Array(text.utf8)))
  }

  @Test func `bytes that are no text are refused inside a string`() {
    for inside: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]] {
      #expect(!Self.isWalked([0x22] + inside + [0x22]))
      #expect(!Self.isTree([0x22] + inside + [0x22]))
    }
  }

  @Test func `seeded nonsense is judged alike by walk and tree`() {
    var random = SeededRandom(seed: 2026)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\"", "1", "-1.5e3", "true", "null", " ",
      "\\", "\\u0041", "\\ud83d\\udddd", "é", "\n", "0", ".", "e",
    ]
    for _ in 0..<20_000 {
      let text = (0..<random.below(12)).map { _ in pieces[random.below(pieces.count)] }.joined()
      let bytes = Array(text.utf8)
      #expect(Self.isWalked(bytes) == Self.isTree(bytes), "\(text.debugDescription)")
    }
  }

  @Test func `a number that no double can hold is walked over, and no tree`() {
    #expect(Self.isWalked(Array("1e999".utf8)))
    #expect(!Self.isTree(Array("1e999".utf8)))
  }

  @Test func `nesting is bounded and a long text takes no longer than it is long`() {
    let depth = JSONLimits.members.depth
    let atLimit = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    for text in [atLimit, "[" + String(repeating: "\"abc\",", count: 100_000) + "0]"] {
      #expect(Self.isWalked(Array(text.utf8)))
      #expect(Self.isTree(Array(text.utf8)))
    }
    #expect(!Self.isWalked(Array(("[" + atLimit + "]").utf8)))
    #expect(!Self.isTree(Array(("[" + atLimit + "]").utf8)))
  }

  @Test(arguments: [
    ("[]", JSONError(.notAnObject, at: 0)), (" {\"a\" 1}", JSONError(.unexpected, at: 6)),
    ("{\"\(String(repeating: "k", count: 257))\":1}", JSONError(.longKey, at: 1)),
    ("{\"a\":1,\"a\":2}", JSONError(.duplicateKey, at: 10)),
    ("{\"a\":1} 2", JSONError(.trailing, at: 8)),
  ])
  func `an error says what is wrong and where`(text: String, expected: JSONError) {
    let error = #expect(throws: JSONError.self) {
      try text.withBytes { bytes throws(JSONError) in
        var reader = JSONReader()
        try reader.object(bytes) { _, reader throws(JSONError) in try reader.skip(bytes) }
        try reader.end(bytes)
      }
    }
    #expect(error == expected)
    #expect(error?.message.hasSuffix("(byte \(expected.offset))") == true)
  }
}
