import FileTemplates
import Testing

@Suite("Values in TOML") struct TOMLFillingTests {
  private static let load = "import tomllib; walk(tomllib.loads(data.decode()))"

  @Test(arguments: Hostile.all + ["a\u{0}b"])
  func `arrive whole, in double quotes and without any`(_ value: String) {
    let filled = Filling(
      #"""
      # it's {{ no }} "
      bare = {{ v }} # {{ not }}
      basic = "<{{v}}> \" \u0041"
      long = """
      {{ v }}""\
         x"""
      five = """{{ v }}"""""
      list = [
        {{ v }},
        "{{ v }}{{v}}"  ,
      ]
      inline = { k = {{ v }} }
      brace = "{{{{ v }}"
      [t.{{ w }}]
      "{{ w }}" = 'x'
      """#, as: .toml, ["v": value, "w": "w"])
    #expect(
      filled.texts(Self.load)
        == [
          "bare", value, "basic", "<\(value)> \" A", "long", value + "\"\"x", "five",
          value + "\"\"",
          "list", value, value + value, "inline", "k", value, "brace", "{{ v }}", "t", "w", "w",
          "x",
        ].map(Filling.hex), "\(filled.faults) \(filled.string)")
  }

  @Test func `are copied into single quotes where they can be`() {
    let filled = Filling(
      "a = 'x\\{{ v }}'\nb = '''\n{{ w }}'''", as: .toml, ["v": "\"\\$", "w": "\"one\\\ntwo"])
    #expect(
      filled.texts(Self.load) == ["a", "x\\\"\\$", "b", "\"one\\\ntwo"].map(Filling.hex))
  }

  @Test(arguments: [
    ("a = '{{ v }}'", "it's", "has a ', which"), ("a = '{{ v }}'", "x\ny", "has a line end"),
    ("a = '''{{ v }}'''", "x'", "has a ', which"), ("a = '''{{ v }}'''", "\nx", "has a line end"),
    ("a = '''x{{ v }}'''", "\r", "has a line end"), ("a = '{{ v }}'", "\u{1B}", "control"),
    ("a = x{{ v }}", "v", "touches other text"), ("a = {{ v }}x", "v", "touches other text"),
    ("a = {{ v }}\"\"", "v", "touches other text"), ("a = \"\\{{ v }}\"", "v", "a backslash"),
    ("a = \"\\u00{{ v }}\"", "v", "a backslash"),
    ("a = \"\"\"x\\\n  {{ v }}\"\"\"", " v", "a backslash"),
    ("a = \"{{ v }}\n\"", "v", "not closed on its line"), ("a = \"\"\"{{ v }}", "v", "not closed"),
  ])
  func `are refused where they would be something else`(
    _ template: String, _ value: String, _ fault: String
  ) {
    let filled = Filling(template, as: .toml, ["v": value])
    #expect(filled.faults.count == 1)
    #expect(filled.faults.first?.contains(fault) == true, "\(filled.faults) \(filled.string)")
  }
}
