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
    ("A=$'{{ v }}'", "stands in $'…'"), ("cat <<X\n{{ v }}\nX\n", "in a here-document"),
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

  @Test func `have no zero byte`() {
    let filled = Filling("A={{ v }}", as: .shell, ["v": "a\u{0}"])
    #expect(filled.faults.first?.contains("has a zero byte") == true)
  }

  @Test func `need not be text`() {
    let filled = Filling("A={{ v }}", as: .shell, bytes: ["v": [0xFF, 0x27, 0xFE]])
    #expect(filled.text == Array("A='".utf8) + [0xFF] + Array("'\\''".utf8) + [0xFE, 0x27])
  }
}
