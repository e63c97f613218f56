import Guides
import Secrets
import Testing

@testable import Credentials

@Suite struct JSONOnSecrets {
  /// Whether the bytes are exactly one JSON value.
  private static func isJSON(_ bytes: [UInt8]) -> Bool {
    var buffer = SecretBuffer(capacity: max(1, bytes.count))
    for byte in bytes { buffer.append(byte) }
    return buffer.withBytes { text in
      var reader = SecretJSONReader()
      return (try? reader.skip(text)) != nil && (try? reader.end(text)) != nil
    }
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
  func `JSON is read`(text: String) { #expect(Self.isJSON(Array(text.utf8))) }

  @Test(arguments: bad)
  func `what is not JSON is refused`(text: String) { #expect(!Self.isJSON(Array(text.utf8))) }

  @Test func `bytes that are no text are refused inside a string`() {
    #expect(!Self.isJSON([0x22, 0xFF, 0x22]))
    #expect(!Self.isJSON([0x22, 0xC0, 0x80, 0x22]))
    #expect(!Self.isJSON([0x22, 0xED, 0xA0, 0x80, 0x22]))
  }

  /// Two readers by different hands have to agree on what is JSON.
  @Test func `seeded nonsense is judged as by the other reader`() {
    var random = SeededRandom(seed: 2026)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\"", "1", "-1.5e3", "true", "null", " ",
      "\\", "\\u0041", "\\ud83d\\udddd", "é", "\n", "0", ".", "e",
    ]
    for _ in 0..<20_000 {
      let text = (0..<random.below(12)).map { _ in pieces[random.below(pieces.count)] }.joined()
      let isJSON = Self.isJSON(Array(text.utf8))
      let isValue = (try? Value(json: text)) != nil
      #expect(isJSON == isValue, "\(text.debugDescription)")
    }
  }

  @Test func `nesting is bounded and a long text takes no longer than it is long`() {
    let depth = SecretJSON.depth
    let atLimit = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(Self.isJSON(Array(atLimit.utf8)))
    #expect(!Self.isJSON(Array(("[" + atLimit + "]").utf8)))
    let long = "[" + String(repeating: "\"abc\",", count: 100_000) + "0]"
    #expect(Self.isJSON(Array(long.utf8)))
  }

  @Test func `a written string is read back byte for byte`() throws {
    let text = String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init)))
    var json = SecretJSONWriter()
    json.string(text)
    let written = json.finish() ?? SecretBuffer(capacity: 1)
    let read = try written.withBytes { bytes -> SecretBuffer in
      var reader = SecretJSONReader()
      return try reader.string(bytes)
    }
    #expect(read.fixtureText == text)
    let capacity = read.capacity
    #expect(capacity == text.utf8.count)
  }

  @Test(arguments: [
    ("", #"{"a":[10,{"b":"x"}],"1":"y"}"#), ("a[0]", "10"), ("a.0", "10"), ("a[1].b", #""x""#),
    ("a.1.b", #""x""#), ("1", #""y""#), ("a[2]", nil), ("b", nil), ("a.b", nil), ("a[x]", nil),
  ])
  func `a path leads to its value or nowhere`(path: String, found: String?) {
    let text = SecretBuffer(fixture: #"{"a":[10,{"b":"x"}],"1":"y"}"#)
    let value = text.withBytes { bytes in
      JSONPath(path).find(in: bytes).map { bytes.shownText($0) }
    }
    #expect(value == found)
  }

  @Test func `a text that grows past its limit is of no use and says so`() {
    var writer = SecretWriter(limit: 10)
    for _ in 0..<11 { writer.append(UInt8(ascii: "x")) }
    let isOverfull = writer.isOverfull
    #expect(isOverfull)
    #expect(writer.finish()?.fixtureText == nil)
  }
}
