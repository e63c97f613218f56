import FileTemplates
import Testing

@Suite("Values in lines") struct LineFillingTests {
  /// As docker reads --env-file: what is behind the sign, to the line's end.
  private static let docker =
    "walk([l.partition('=')[2] for l in data.decode().split('\\n') if l and l[0] != '#'])"

  @Test(arguments: ["key-EXAMPLE_1.a", "AAAA+/==", "user:x@host/p%20", "1,2"])
  func `of variables are read alike by docker and by a shell`(_ value: String) {
    let filled = Filling(
      "# {{ no }}\nA={{ v }}\nB=pre-{{ v }}\n", as: .env, ["v": value])
    let expected = [value, "pre-" + value]
    #expect(filled.texts(Self.docker) == expected.map(Filling.hex), "\(filled.faults)")
    #expect(filled.read(by: "/bin/sh", ["-c", ". \"$0\"; echo $A; echo $B"]) == expected)
  }

  @Test func `of variables are read alike in the author's quotes by all that know quotes`() {
    let filled = Filling(
      "A='{{ v }}'\nexport B=\"{{ w }}\" # {{ no }}\nC=x # {{ no }}\n", as: .env,
      ["v": "a \"b\" $c `d` \\e # é", "w": "it's # 1"])
    #expect(
      filled.read(by: "/bin/sh", ["-c", ". \"$0\"; printf '%s\\n' \"$A\" \"$B\""])
        == ["a \"b\" $c `d` \\e # é", "it's # 1"], "\(filled.faults)")
  }

  @Test(arguments: [
    ("A={{ v }}", "x\ny", "has signs that could mean"), ("A={{ v }}", "a b", "could mean"),
    ("A={{ v }}", "$x", "could mean"), ("A={{ v }}", "'x'", "could mean"),
    ("A={{ v }}", "~", "could mean"), ("A='{{ v }}'", "it's", "has a ', which"),
    ("A='{{ v }}'", "x\\", "has a \\, which"), ("A='{{ v }}'", "x\\\\y", "has a \\, which"),
    ("A='{{ v }}'", "x\ny", "has a line end"), ("A=\"{{ v }}\"", "$x", "has a $, which"),
    ("A=\"{{ v }}\"", "a\\", "has a \\, which"), ("A=\"{{ v }}\"", "a`", "has a `, which"),
    ("A=\"{{ v }}\"", "a\"", "has a \", which"), ("A=${{ v }}", "x", "right behind a $"),
    ("{{ v }}=x", "x", "is to be a variable's name"), ("A='x'{{ v }}", "x", "touches other text"),
    ("A='{{ v }}\n'", "x", "not closed on its line"),
  ])
  func `of variables are refused where readers disagree`(
    _ template: String, _ value: String, _ fault: String
  ) {
    let filled = Filling(template, as: .env, ["v": value])
    #expect(filled.faults.count == 1)
    #expect(filled.faults.first?.contains(fault) == true, "\(filled.faults) \(filled.string)")
  }

  @Test(arguments: [
    ("A='{{ v }}'", "it's", "put it in double quotes"), ("A={{ v }}", "a b", "in single quotes"),
    ("A={{ v }}", "it's", "put it in double quotes"), ("A=\"{{ v }}\"", "$", "in single quotes"),
    ("A='{{ v }}'", "'$", "no quotes hold it"), ("A=\"{{ v }}\"", "'$", "no quotes hold it"),
    ("A={{ v }}", "'$", "no quotes hold it"), ("A={{ v }}", "x\ny", "no variable file can hold it"),
  ])
  func `of variables come with advice that helps with this value`(
    _ template: String, _ value: String, _ advice: String
  ) {
    let filled = Filling(template, as: .env, ["v": value])
    #expect(filled.faults.first?.contains(advice) == true, "\(filled.faults)")
  }

  @Test func `of a raw file are put in as they are`() {
    let filled = Filling(
      "a '{{ v }}' {{{{ # {{ v }}\n{{ w }}\nend", as: .raw, ["v": "x'\"\\$", "w": "1\n2\n"])
    #expect(filled.string == "a 'x'\"\\$' {{ # x'\"\\$\n1\n2\n\nend", "\(filled.faults)")
  }

  @Test func `of a raw file have line ends only on lines of their own`() {
    let filled = Filling("a {{ v }}\n{{ v }} \n", as: .raw, ["v": "1\n2"])
    #expect(filled.faults.map { $0.prefix(6) } == ["f:1:3:", "f:2:1:"])
    #expect(filled.faults.first?.contains("give it a line of its own") == true)
  }

  @Test(arguments: ["a b", "x\ny", "it's", "a\\b", "€", "$x"])
  func `of an unknown file mean the same in every format`(_ value: String) {
    let filled = Filling("key = {{ v }}", as: .unknown, ["v": value])
    #expect(filled.faults.first?.contains("--format json, yaml") == true)
    #expect(Filling("key = {{ v }}", as: .unknown, ["v": "a-1_+/="]).string == "key = a-1_+/=")
  }
}
