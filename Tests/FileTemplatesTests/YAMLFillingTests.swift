import FileTemplates
import Testing

@Suite("Values in YAML") struct YAMLFillingTests {
  private static let load = "import yaml; [walk(d) for d in yaml.safe_load_all(data)]"

  @Test(arguments: Hostile.all.filter { !$0.isEmpty } + ["a\u{0}b"])
  func `arrive whole, in double quotes and as a part of plain text`(_ value: String) {
    let filled = Filling(
      #"""
      # it's {{ no }}, and {{ this as well
      bare: {{ v }}   # {{ not }}
      é: "<{{v}}>"
      list:
      - {{ v }}
      - Bearer "x" \ {{ v }}
      - [ {{ v }},{{v}}{{v}}, {a: {{ v }}} ]
      - "one
        {{ v }}
        two"
      key {{ v }}: one
        {{ v }}
        two
      typed: !!str {{ v }}
      anchored: &a {{ v }}
      braces: a "{{{{ b }}
      """#, as: .yaml, ["v": value])
    #expect(
      filled.texts(Self.load)
        == [
          "bare", value, "é", "<\(value)>", "list", value, "Bearer \"x\" \\ \(value)", value,
          value + value, "a", value, "one \(value) two", "key \(value)", "one \(value) two",
          "typed",
          value, "anchored", value, "braces", "a \"{{ b }}",
        ].map(Filling.hex), "\(filled.faults) \(filled.string)")
  }

  @Test(arguments: ["---", "...", "--- x", "... y", "-", "----BEGIN"])
  func `end no document where a line of quotes begins with them`(_ value: String) {
    let filled = Filling(
      "a: \"one\n{{ v }}\ntwo\"\nb: \"x\n--{{ v }}\"\n--- \"y\n{{ v }}{{ v }} z\"\n", as: .yaml,
      ["v": value])
    #expect(
      filled.texts(Self.load)
        == ["a", "one \(value) two", "b", "x --\(value)", "y \(value)\(value) z"].map(Filling.hex),
      "\(filled.faults) \(filled.string)")
  }

  @Test func `may be empty`() {
    let filled = Filling("a: {{ v }}\nb: x{{ v }}y\nc: \"{{ v }}\"\n", as: .yaml, ["v": ""])
    #expect(filled.texts(Self.load) == ["a", "", "b", "xy", "c", ""].map(Filling.hex))
  }

  @Test(arguments: Hostile.lines)
  func `arrive whole in single quotes`(_ value: String) {
    let filled = Filling("a: 'it''s <{{ v }}>'\nb: '{{ v }}'\n", as: .yaml, ["v": value])
    #expect(
      filled.texts(Self.load)
        == ["a", "it's <\(value)>", "b", value].map(Filling.hex), "\(filled.faults)")
  }

  @Test func `have their lines indented in a block`() {
    let key = "-----BEGIN X-----\nAAAA\n\n  #x: 'y'\n-----END X-----\n"
    let filled = Filling(
      """
      key: |
        {{ v }}
      list:
        - name: |-
            first: {{ w }} "
            {{ v }}
        - >-
          a {{ w }}
          b
      last: 1
      """, as: .yaml, ["v": key, "w": "it's \\"])
    let stripped = String(key.dropLast())
    #expect(
      filled.texts(Self.load)
        == ["key", key, "list", "name", "first: it's \\ \"\n" + stripped, "a it's \\ b", "last"]
        .map(Filling.hex) + ["int"], "\(filled.faults) \(filled.string)")
  }

  @Test(arguments: [
    ("a: '{{ v }}'", "x\ny", "has a line end"), ("a: '{{ v }}'", "x\u{1}", "a control character"),
    ("a: '{{ v }}'", "x\u{2028}", "has a line end"), ("a: '{{ v }}\n b'", "x ", "with a blank"),
    ("a: |\n  {{ v }}", " x", "begins or ends with a blank"), ("a: |\n  {{ v }}", "\nx", "a blank"),
    ("a: |\n  x {{ v }}", "a\nb", "has a line end"), ("a: >\n  {{ v }}", "a\nb", "has a line end"),
    ("a: |\n  {{ v }}\n", "a\u{85}b", "has a line end"), ("a: |\n  {{ v }} x", "", "is empty"),
    ("a: \"x\n  {{ v }}\n  y\"", "", "is empty"), ("a: '{{ v }}\n  {{ v }}\n  y'", "", "is empty"),
    ("a: 'x\n{{ v }}\ny'", "---", "has a -"), ("a: 'x\n{{ v }}\ny'", "... z", "has a ."),
    ("a: \"x\n{{ v }}---\"", "", "is empty"),
    ("--- |\n{{ v }}", "---", "this is no YAML"),
    ("a: &{{ v }} x", "v", "anchor, an alias or a tag"), ("a: !{{ v }} x", "v", "or a tag"),
    ("a: *{{ v }}", "v", "anchor, an alias or a tag"), ("a: {{ v", "v", "no }} on this line"),
    ("a: \"{{ v }}", "v", "this is no YAML"), ("a: \"\\{{ v }}\"", "v", "this is no YAML"),
    ("a: [\n\t{{ v }}]\n\tb: c: d", "v", "this is no YAML"),
  ])
  func `are refused where they would be something else`(
    _ template: String, _ value: String, _ fault: String
  ) {
    let filled = Filling(template, as: .yaml, ["v": value])
    #expect(filled.faults.count == 1)
    #expect(filled.faults.first?.contains(fault) == true, "\(filled.faults) \(filled.string)")
  }

  @Test func `come into a megabyte of them at once`() {
    let line = "- key é: \"{{ v }}\" # x\n"
    let count = FileTemplate.limit / line.utf8.count
    let filled = Filling(
      String(repeating: line, count: count), as: .yaml, ["v": "y"])
    #expect(filled.text.count == (line.utf8.count - 6) * count)
  }
}
