import TerminalUI
import Testing

@testable import TerminalUI

@Suite struct WidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("Zoë", 3), ("Zoe\u{308}", 3), ("世界", 4), ("한글", 4), ("ｆｕｌｌ", 8),
    ("👍", 2), ("🇫🇷", 2), ("•·…✓", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("שלום", 4), ("\u{A0}", 1),
  ])
  func `text is measured in columns`(text: String, columns: Int) {
    #expect(Width.of(text) == columns)
  }

  @Test func `a prefix never parts a mark from its base, nor halves a wide character`() {
    #expect(Width.prefix("ae\u{301}b", columns: 2) == "ae\u{301}")
    #expect(Width.prefix("a世", columns: 2) == "a")
    #expect(Width.prefix("a🇩🇪b", columns: 2) == "a")
    #expect(Width.prefix("🇩🇪🇫🇷🇮🇹", columns: 5) == "🇩🇪🇫🇷")
    #expect(Width.prefix("abc", columns: 0) == "")
  }

  @Test func `truncated text says so and fits`() {
    #expect(Width.truncate("secret", columns: 6) == "secret")
    #expect(Width.truncate("secrets", columns: 6) == "secre…")
    #expect(Width.truncate("世界世", columns: 4) == "世…")
    #expect(Width.truncate("abc", columns: 0) == "")
  }

  @Test func `the tables are ascending and do not overlap`() {
    for table in [WidthTables.zero, WidthTables.wide] {
      #expect(table.count.isMultiple(of: 2))
      #expect(zip(table, table.dropFirst()).allSatisfy { $0 <= $1 })
    }
    for code in stride(from: 0, to: WidthTables.wide.count, by: 2) {
      let scalar = Unicode.Scalar(WidthTables.wide[code])
      #expect(scalar.map { Width.of($0) } == 2)
    }
  }
}
