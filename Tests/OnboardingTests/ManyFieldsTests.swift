import GuideText
import Onboarding
import ProviderFormat
import TerminalUI
import Testing

/// Steps with more fields than a window has rows.
@Suite struct ManyFieldsTests {
  private static let form: Form = {
    let fields = (1...60).map { number in
      FormField(
        field: Field(
          id: Field.ID(.connectionConfig, "account\(number)"), title: "Account \(number)",
          description: "The name of account \(number)."),
        order: number, label: "Account \(number)", isMasked: number % 3 == 0, acceptsEmpty: true,
        step: 0)
    }
    let provider = Provider(
      slug: "many", displayName: "Many", authMode: .apiKey, fields: fields.map(\.field),
      origin: .builtIn)
    let step = Step(
      heading: "All accounts", number: nil, title: "All accounts", level: 3, anchors: [],
      blocks: [.paragraph([.text("Open the accounts.")])])
    return Form(
      provider: provider, guide: Guide(slug: "many", title: "Many", steps: [step]), fields: fields)
  }()

  @Test func `a window shows the same whether the page says all fields or those it has room for`() {
    let (whole, seen) = (Walk.through(Self.form), Walk.through(Self.form))
    for walk in [whole, seen] { walk.press(.enter) }
    for keys in [
      [], [Key.tab, .tab, .character("x")], [.backTab, .backTab, .backTab], [.backTab],
    ] {
      for key in keys {
        for walk in [whole, seen] { walk.press(key) }
      }
      for size in [(40, 10), (80, 14), (80, 24), (60, 50), (80, 66), (100, 130), (100, 250)] {
        seen.resize(size.0, size.1)
        let canvas = PageLayout.canvas(whole.page, in: seen.size)
        #expect(seen.canvas.lines == canvas.lines, "\(size)")
        #expect(seen.canvas.cursor == canvas.cursor, "\(size)")
        #expect(seen.page.fields.count <= max(3, size.1), "\(size)")
      }
    }
  }

  @Test func `without a window every field is said`() {
    let walk = Walk.through(Self.form)
    walk.press(.enter)
    #expect(walk.page.fields.count == 60)
  }
}
