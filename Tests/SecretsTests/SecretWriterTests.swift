import Basics
import Secrets
import Testing

@Suite struct SecretTexts {
  private static func shown(_ buffer: borrowing SecretBuffer) -> String {
    buffer.withBytes { $0.shownText }
  }

  @Test func `a text that grows past its limit is of no use and says so`() {
    var writer = SecretWriter(limit: 10)
    for _ in 0..<11 { writer.append(UInt8(ascii: "x")) }
    let isOverfull = writer.isOverfull
    #expect(isOverfull)
    #expect(writer.finish()?.withBytes { $0.shownText } == nil)
  }

  @Test func `a string written as JSON is read back byte for byte into a buffer of its size`()
    throws
  {
    let text = String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init)))
    var json = SecretJSONWriter()
    json.string(text)
    let written = json.finish() ?? SecretBuffer(capacity: 1)
    let read = try written.withBytes { bytes -> SecretBuffer in
      var reader = JSONReader()
      return try reader.string(bytes)
    }
    #expect(Self.shown(read) == text)
    let capacity = read.capacity
    #expect(capacity == text.utf8.count)
  }

  @Test func `control characters and DEL are escaped, the C1 range and separators are not`() {
    var json = SecretJSONWriter()
    json.string("\u{1}\u{7F}\u{85}\u{2028}\n\"\\é")
    let written = json.finish() ?? SecretBuffer(capacity: 1)
    #expect(Self.shown(written) == "\"\\u0001\\u007f\u{85}\u{2028}\\n\\\"\\\\é\"")
  }

  @Test(arguments: [
    ("aGk=", "hi"), ("aGk", "hi"), (" aG\nk= ", "hi"), ("-_-_", nil), ("a*b=", nil), ("", ""),
  ])
  func `Base64 is read as people paste it`(text: String, expected: String?) {
    let bytes = text.withBytes { SecretBuffer(base64: $0) }
    if text == "-_-_" {
      #expect(bytes?.withBytes { $0.copied() } == [0xFB, 0xFF, 0xBF])
    } else {
      #expect(bytes?.withBytes { $0.shownText } == expected)
    }
  }

  @Test(arguments: [("6869", "hi"), (" 6869\n", "hi"), ("686", nil), ("68 69", nil), ("6g", nil)])
  func `hexadecimal digits are read whole or not at all`(text: String, expected: String?) {
    #expect(text.withBytes { SecretBuffer(hex: $0) }?.withBytes { $0.shownText } == expected)
  }

  @Test(arguments: [("a+b%20c", "a b c"), ("100%", "100%"), ("%4", "%4"), ("%zz%41", "%zzA")])
  func `a value of a form is decoded, and a sign that begins no code is kept`(
    text: String, expected: String
  ) {
    #expect(
      text.withBytes { SecretBuffer(formDecoding: $0) }.withBytes { $0.shownText } == expected)
  }
}
