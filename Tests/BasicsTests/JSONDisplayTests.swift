import Basics
import Testing

@Suite("JSON that is printed")
struct JSONDisplayTests {
  /// Of each kind that a terminal acts on or does not show: C1, marks of direction, without a width, tags, of private use,
  /// separators of lines, not assigned.
  @Test(arguments: [
    ("\u{9B}", "\\u009b"), ("\u{202E}", "\\u202e"), ("\u{2066}", "\\u2066"), ("\u{61C}", "\\u061c"),
    ("\u{200B}", "\\u200b"), ("\u{FEFF}", "\\ufeff"), ("\u{AD}", "\\u00ad"),
    ("\u{2060}", "\\u2060"),
    ("\u{E0041}", "\\udb40\\udc41"), ("\u{E000}", "\\ue000"), ("\u{2028}", "\\u2028"),
    ("\u{115F}", "\\u115f"),
    ("\u{10FFFF}", "\\udbff\\udfff"), ("\u{FE0F}", "\\ufe0f"),
  ])
  func `hides nothing from who reads it on a terminal`(_ text: String, _ escape: String) throws {
    let value = Value.map(.init([.init(key: "a\(text)", value: .string("\(text)b"))]))
    #expect(value.json == "{\"a\(escape)\":\"\(escape)b\"}")
    #expect(value.prettyJSON.contains(escape))
    #expect(try Value(json: value.json) == value)
  }

  @Test func `leaves everything that is to be seen`() {
    let text = "äß中文😀é e\u{301} „“ – ‹›"
    #expect(Value.string(text).json == "\"\(text)\"")
  }

  @Test func `escapes inside of a text that is JSON already`() throws {
    let raw = Array("{\"a\":[\"x\u{202E}\\n\u{E0020}\"]}".utf8)
    var writer = JSONWriter(to: [UInt8](), escaping: .display)
    writer.beginArray()
    // Safe: `raw` outlives the call, and its elements are plain bytes.
    unsafe writer.raw(raw.span.bytes)
    writer.endArray()
    let text = String(decoding: writer.end(), as: UTF8.self)
    #expect(text == "[{\"a\":[\"x\\u202e\\n\\udb40\\udc20\"]}]")
  }

  @Test func `what is sent is written as it is`() {
    var writer = JSONWriter(to: [UInt8](), escaping: .controls)
    writer.string("\u{200B}")
    #expect(String(decoding: writer.end(), as: UTF8.self) == "\"\u{200B}\"")
  }
}
