import Basics
import Drafts
import Secrets
import TestSupport
import Testing

/// `.env` files, held against python-dotenv 1.2.4, whose answers stand in the table.
@Suite struct DotenvTests {
  private static func read(_ text: String) -> [(String, String)] {
    let buffer = SecretBuffer(fixture: text)
    return buffer.withBytes { bytes in
      guard let snippet = SnippetReader.read(bytes) else { return [] }
      return snippet.items.indices.map { index in
        (snippet.items[index].name, snippet.withBytes(of: index) { $0.shownText })
      }
    }
  }

  /// What python-dotenv 1.2.4 reads, without its interpolation and without empty values.
  static let files: [(String, [(String, String)])] = [
    ("A=1\nB=2", [("A", "1"), ("B", "2")]),
    ("A=\nB=2", [("B", "2")]),
    ("A= # c\nB=#c", [("B", "#c")]),
    ("A=\"x\" # c\nB=x # c", [("A", "x"), ("B", "x")]),
    ("A=x#c\nB=x #c", [("A", "x#c"), ("B", "x")]),
    ("A='a\\nb'\nB=\"a\\nb\"", [("A", "a\\nb"), ("B", "a\nb")]),
    ("A=\"a\\\\\"\nB='a\\\\'", [("A", "a\\"), ("B", "a\\")]),
    ("A=\"say \\\"hi\\\"\"\nB='it\\'s'", [("A", "say \"hi\""), ("B", "it's")]),
    ("export A=1\nexport   B=2", [("A", "1"), ("B", "2")]),
    ("A = 1\nB\t=\t2", [("A", "1"), ("B", "2")]),
    ("A=1 2\nB=  3  ", [("A", "1 2"), ("B", "3")]),
    ("# c\nA=1\n\n  # d\nB=2", [("A", "1"), ("B", "2")]),
    ("A=\"l1\nl2\"\nB=2", [("A", "l1\nl2"), ("B", "2")]),
    ("A='l1\nl2'\nB=2", [("A", "l1\nl2"), ("B", "2")]),
    ("'A'=1\nB=2", [("A", "1"), ("B", "2")]),
    ("A=1\nA=2\nB=3", [("A", "2"), ("B", "3")]),
    ("A=${B}\nB=$A", [("A", "${B}"), ("B", "$A")]),
    ("A=\"a\\tb\\\\c\"\nB='a\\tb'", [("A", "a\tb\\c"), ("B", "a\\tb")]),
    ("A=\"x\"y\nB=2\nC=3\nD=4", [("B", "2"), ("C", "3"), ("D", "4")]),
    ("A=a=b==\nB=2", [("A", "a=b=="), ("B", "2")]),
    ("A=\"a#b\"\nB='a#b'", [("A", "a#b"), ("B", "a#b")]),
    ("A=a'b\nB=a\"b", [("A", "a'b"), ("B", "a\"b")]),
    ("A=\"\\x\\q\"\nB=2", [("A", "\\x\\q"), ("B", "2")]),
    ("A=x\r\nB=\"y\"\r\n", [("A", "x"), ("B", "y")]),
    ("A=x\rB=y", [("A", "x"), ("B", "y")]),
    ("A.B=1\nC-D=2", [("A.B", "1"), ("C-D", "2")]),
    ("A=`x`\nB=2", [("A", "`x`"), ("B", "2")]),
    ("A='a' 'b'\nB=2\nC=3\nD=4", [("B", "2"), ("C", "3"), ("D", "4")]),
    ("A=\"it's\"\nB='say \"x\"'", [("A", "it's"), ("B", "say \"x\"")]),
    ("A=\\n\nB=a\\ b", [("A", "\\n"), ("B", "a\\ b")]),
    ("export=1\nB=2", [("export", "1"), ("B", "2")]),
    ("A=x\u{A0}# c\nB=2", [("A", "x"), ("B", "2")]),
    ("A=x\u{A0}\nB=\u{A0}y", [("A", "x"), ("B", "y")]),
    ("A=\u{E9}\nB=\"\u{E9}\\n\"", [("A", "\u{E9}"), ("B", "\u{E9}\n")]),
    ("A=\"unclosed\nB=2\nC=3\nD=4", [("B", "2"), ("C", "3"), ("D", "4")]),
  ]

  @Test(arguments: files.indices)
  func `a file is read as the reference reads it`(index: Int) {
    let (text, expected) = Self.files[index]
    let read = Self.read(text)
    #expect(read.map(\.0) == expected.map(\.0), "\(text.debugDescription)")
    #expect(read.map(\.1) == expected.map(\.1), "\(text.debugDescription)")
  }
}
