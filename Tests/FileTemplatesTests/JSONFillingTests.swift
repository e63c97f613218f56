import FileTemplates
import Testing

@Suite("Values in JSON") struct JSONFillingTests {
  private static let load = "import json; walk(json.loads(data.decode()))"

  @Test(arguments: Hostile.all + ["a\u{0}b"])
  func `arrive whole, in quotes of the author and without`(_ value: String) {
    let filled = Filling(
      """
      {"bare": {{ v }}, "quoted": "<{{v}}>", "list": [ {{ v }},{{	v }} , "{{v}}{{v}}"],
       "{{ v }}": {{ w }}, "brace": "{{{{ v }}", "deep":{"x":{{ v }}}}
      """, as: .json, ["v": value, "w": "x"])
    #expect(
      filled.texts(Self.load)
        == [
          "bare", value, "quoted", "<\(value)>", "list", value, value, value + value, value, "x",
          "brace", "{{ v }}", "deep", "x", value,
        ].map(Filling.hex), "\(filled.faults)")
  }

  @Test func `stay out of comments, which are copied`() {
    let template = "// {{ no }} \"\n{\"a\": /* {{ never */ {{ v }}}"
    #expect(
      Filling(template, as: .json, ["v": "x"]).string
        == "// {{ no }} \"\n{\"a\": /* {{ never */ \"x\"}")
  }

  @Test(arguments: [
    (#"{"a": x{{ v }}}"#, "f:1:8: v touches other text"),
    (#"{"a": {{ v }}1}"#, "f:1:7: v touches other text"),
    (#"{"a": {{ v }}{{ v }}}"#, "f:1:14: v touches other text"),
    (#"{"a": "\{{ v }}"}"#, "f:1:9: v stands right behind a backslash"),
    (#"{"a": "\u00{{ v }}"}"#, "f:1:12: v stands right behind a backslash"),
    ("{\"a\": \"{{ v }}\n\"}", "f:1:15: a string is not closed on its line"),
    (#"{"a": "{{ v"}"#, "f:1:8: no }} on this line"),
    (#"{"a": "{{ v }}"#, "the last string is not closed"),
  ])
  func `are refused where they would be none`(_ template: String, _ fault: String) {
    let filled = Filling(template, as: .json, ["v": "x"])
    #expect(filled.faults.count == 1)
    #expect(filled.faults.first?.contains(fault) == true, "\(filled.faults) \(filled.string)")
  }

  @Test func `are refused when they are no text`() {
    let filled = Filling("[{{ v }}]", as: .json, bytes: ["v": [0x61, 0xFF]])
    #expect(filled.faults == ["f:1:2: the value of v is no text in UTF-8, and the file is one"])
  }

  @Test func `are all told of at once, in their order`() {
    let filled = Filling(
      "[\"\\{{ b }}\",\n é{{ a }}, {{ c", as: .json, ["a": "x", "b": "y", "c": "z"])
    #expect(filled.faults.map { $0.prefix(6) } == ["f:1:4:", "f:2:3:", "f:2:12"])
  }
}
