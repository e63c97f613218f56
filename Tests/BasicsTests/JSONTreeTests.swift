import Basics
import Testing

@Suite struct TreesOfJSON {
  @Test(arguments: [
    ("{\"b\":1,\"a\":[true,null,-0.5,1e3,\"x\"]}", "{\"b\":1,\"a\":[true,null,-0.5,1000.0,\"x\"]}"),
    (" [ ] ", "[]"), ("{ }", "{}"), ("\"\\u00e9\\n\\uD83D\\uDE00\\/\"", "\"é\\n😀/\""),
    ("9223372036854775807", "9223372036854775807"), ("\"\u{7F}\"", "\"\\u007f\""),
  ])
  func `what is read is written again`(_ text: String, _ expected: String) throws {
    #expect(try Value(json: text).json == expected)
  }

  @Test(arguments: [
    ("", JSONError.Reason.unfinished), ("{", .unfinished), ("[1,]", .unexpected),
    ("{\"a\":1,}", .unexpected),
    ("01", .badNumber), ("1.", .badNumber), (".5", .unexpected), ("1e999", .badNumber),
    ("+1", .unexpected), ("-", .badNumber),
    ("nul", .unexpected), ("nulL", .unexpected), ("1 2", .trailing), ("'a'", .unexpected),
    ("{a:1}", .unexpected),
    ("{\"a\":1,\"a\":2}", .duplicateKey), ("{\"a\":1,\"\\u0061\":2}", .duplicateKey),
    ("\"\u{1}\"", .badText),
    ("\"\\uD800\"", .badText), ("\"\\uDC00\"", .badText), ("\"\\x\"", .unexpected),
    ("\"a", .unfinished), ("// x\n1", .unexpected),
  ])
  func `what is not JSON is refused with the reason`(_ text: String, _ reason: JSONError.Reason) {
    let error = #expect(throws: JSONError.self) { try Value(json: text) }
    #expect(error?.reason == reason)
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    let bytes: [UInt8] = [0x22, 0xC3, 0x28, 0x22]
    let error = #expect(throws: JSONError.self) {
      try bytes.withBytes { bytes throws(JSONError) in try Value(json: bytes) }
    }
    #expect(error?.reason == .badText)
  }

  @Test func `depth and length are limited`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(#expect(throws: JSONError.self) { try Value(json: deep) }?.reason == .tooDeep)
    let limits = JSONLimits(bytes: 3, depth: 4)
    #expect(
      #expect(throws: JSONError.self) { try Value(json: "[1, 2]", limits: limits) }?.reason
        == .tooLong)
  }

  @Test func `the long form is indented and ends in a line`() throws {
    #expect(
      try Value(json: "{\"a\":[1],\"b\":{}}").prettyJSON
        == "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}\n")
  }

  @Test func `what a terminal would act on is escaped`() {
    let text = Value.string("\u{1B}\u{7F}\u{85}\u{9F}\u{A0}\u{2027}\u{2028}\u{2029}é\n").json
    #expect(
      text == "\"\\u001b\\u007f\\u0085\\u009f\u{A0}\u{2027}\\u2028\\u2029é\\n\"")
  }

  @Test func `numbers that JSON cannot express become null`() {
    #expect(Value.list([.double(.infinity), .double(.nan), .double(2)]).json == "[null,null,2.0]")
  }
}
