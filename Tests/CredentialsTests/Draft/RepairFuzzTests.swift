import Drafts
import TestSupport
import Testing

@Suite struct RepairFuzz {
  private static let pieces = [
    "curl ", "-H ", "-u ", "'", "\"", "`", "“", "”", "Bearer ", "Authorization:", "export ", "KEY=",
    "=", "acme-", "EXAMPLEEXAMPLEEXAMPLEEXAMPLE0001", "\n", "\r\n", "\\\n", "\\", " ", "\u{A0}",
    "\u{1B}[200~", "[201~", "\u{200B}", "é", "\u{0}", ":", ";", "--header=", "$ ", "https://",
  ]

  @Test func `no paste can crash, and every edit leaves a caret inside the value`() {
    var random = SeededRandom(seed: 99)
    let form = Fixture.form(Fixture.acme)
    for _ in 0..<1500 {
      let draft = DraftUnderTest(form: form)
      for _ in 0..<random.below(4) + 1 {
        let text = (0..<random.below(14)).map { _ in Self.pieces[random.below(Self.pieces.count)] }
        _ = draft.paste(text.joined(), into: Fixture.apiKey)
        let moves = CaretMove.allCases
        draft.moveCaret(moves[random.below(moves.count)], in: Fixture.apiKey)
        let erasures = Erasure.allCases
        if random.below(3) == 0 {
          draft.erase(erasures[random.below(erasures.count)], in: Fixture.apiKey)
        }
      }
      let state = draft.state(of: Fixture.apiKey)
      #expect((0...state.characters).contains(state.caret))
      #expect(state.text == nil)
    }
  }

  @Test func `a value that matches its pattern survives every single repair`() {
    var random = SeededRandom(seed: 5)
    let form = Fixture.form(
      """
      {"auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string","title":"Key",
        "pattern":"^[^\\u0000-\\u0009]*$"}}}
      """)
    for _ in 0..<1000 {
      let text = (0..<random.below(10)).map { _ in Self.pieces[random.below(Self.pieces.count)] }
        .joined()
      let draft = DraftUnderTest(form: form)
      let result = draft.paste(text, into: Fixture.apiKey)
      // The pattern lets everything through, so whatever is taken off may be taken off; but something stays.
      if !text.isEmpty, result == .done { #expect(draft.state(of: Fixture.apiKey).bytes > 0) }
    }
  }
}
