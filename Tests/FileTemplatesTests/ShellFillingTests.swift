import FileTemplates
import Testing

@Suite("Values in a script") struct ShellFillingTests {
  @Test(arguments: Hostile.all, ["sh", "bash"])
  func `arrive whole, whatever quotes they are in`(_ value: String, _ shell: String) {
    let filled = Filling(
      #"""
      # it's {{ no }} "
      p() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'; echo; } # don't
      HOME=/h; A={{ v }}; B="<{{ v }}>$HOME"; C='<{{v}}>'
      D=$HOME{{ v }}\'"it's"
      p "$A"; p "$B"; p "$C"; p "$D"; p {{ v }}; p 'x'"{{ v }}"#y
      cat <<'EOF' >/dev/null; cat <<-E2 >/dev/null
      don't "
      EOF
      	it's
      	E2
      E="$(echo "a)b")`echo x`${HOME}$((1<<2))"; p "$E{}{{ v }}"
      case $HOME in /h) p {{ v }};; esac; if [ 1 = $((1<<3)) ]; then :; fi # '
      p "{{{{ v }}" \
      # "it's
      p "$(echo \$)"{{ v }}
      """#, as: .shell, ["v": value])
    let got = filled.read(by: "/bin/\(shell)", [])
    #expect(
      got
        == [
          value, "<\(value)>/h", "<\(value)>", "/h\(value)'it's", value, "x\(value)#y",
          "a)bx/h4{}\(value)", value, "{{ v }}", "$\(value)",
        ].map(Filling.hex), "\(filled.faults) \(filled.string)")
  }

  @Test(arguments: [
    ("A=$(echo {{ v }})", "stands in a substitution"), ("A=`echo {{ v }}`", "in a substitution"),
    ("A=\"$(echo \"{{ v }}\")\"", "in a substitution"), ("A=${B:-{{ v }}}", "in a substitution"),
    ("A=$((1+{{ v }}))", "in a substitution"), ("A=\"$B{{ v }}\"", "a variable's name"),
    ("A=\"${{ v }}\"", "right behind a $"), ("A=${{ v }}", "right behind a $"),
    ("A=\\{{ v }}", "behind a backslash"), ("A=\"\\{{ v }}\"", "behind a backslash"),
    ("A=$'{{ v }}'", "behind $'…'"), ("A=$'it\\'s' B={{ v }}", "behind $'…'"),
    ("A=$'x' B=\"{{ v }}\"", "behind $'…'"), ("A=$\\\n'x' B={{ v }}", "behind a line that goes on"),
    ("A=$\\\n(echo {{ v }})", "behind a line that goes on"),
    ("A=\"$B\\\nC{{ v }}\"", "a variable's name"), ("cat <\\\n<X\n{{ v }}\nX\n", "that goes on"),
    ("cat <<X\na\\\nX\n{{ v }}\nX\n", "here-document whose lines go on"),
    ("cat <<\"E F\"\n{{ v }}\nE F\n", "stands in a here-document"),
    ("A=\"pid $$(x\" B={{ v }}", "behind a $$ that touches a bracket"),
    ("eval \"A={{ v }}\"", "a command of eval, which reads its words once more"),
    ("'ev'al 2>&1 {{ v }}", "a command of eval"),
    ("trap \"echo {{ v }}\" EXIT", "a command of trap"),
    ("x && /bin/sh -ec \"echo {{ v }}\"", "a command of sh -c"), ("ssh host x {{ v }}", "of ssh"),
    ("bash \\\n -c '{{ v }}'", "a command of bash -c"),
    ("cat <<X\n{{ v }}\nX\n", "in a here-document"),
    ("cat <<-'X'\n\t{{ v }}\n\tX\n", "in a here-document"),
    ("A=$(case a in a) echo;; esac) B={{ v }}", "behind a case in a substitution"),
    ("A=${B:-'x'} C={{ v }}", "behind quotes in ${…}"), ("A=`echo '`'` C={{ v }}", "in backquotes"),
    ("if ((1<<3)); then\nA={{ v }}", "behind a << in ((…))"),
    ("cat <<$X\n$X\nA={{ v }}", "behind a here-document"),
    ("cat <<X\nA={{ v }}", "in a here-document"), ("A='{{ v }}", "the last quote is not closed"),
  ])
  func `are refused where their quotes are not certain`(_ template: String, _ fault: String) {
    let filled = Filling(template, as: .shell, ["v": "x"])
    #expect(filled.faults.first?.contains(fault) == true, "\(filled.faults) \(filled.string)")
    #expect(filled.text.isEmpty)
  }

  @Test(arguments: ["dash", "bash"])
  func `arrive whole behind what only looks like more`(_ shell: String) {
    let filled = Filling(
      #"""
      cat <<"E F" >/dev/null
      it's
      E F
      A="pid $$ (x" B={{ v }}; eval "C=1"; echo "$B" {{ v }} 2>&1 "$'" {{ v }}
      sh -c 'echo "$0"' x; grep -c . /dev/null; echo \
      {{ v }}
      """#, as: .shell, ["v": "a'b"])
    #expect(
      filled.read(by: "/bin/\(shell)", []) == ["a'b a'b $' a'b", "x", "0", "a'b"],
      "\(filled.faults) \(filled.string)")
  }

  @Test func `have no zero byte`() {
    let filled = Filling("A={{ v }}", as: .shell, ["v": "a\u{0}"])
    #expect(filled.faults.first?.contains("has a zero byte") == true)
  }

  @Test func `need not be text`() {
    let filled = Filling("A={{ v }}", as: .shell, bytes: ["v": [0xFF, 0x27, 0xFE]])
    #expect(filled.text == Array("A='".utf8) + [0xFF] + Array("'\\''".utf8) + [0xFE, 0x27])
  }
}
