import GuideText
import Onboarding
import Requests
import Secrets
import TerminalUI
import Testing

/// Pastes on whatever screen they land.
@Suite struct PasteScreenTests {
  private let file = "-----BEGIN KEY-----\r/?1 q\r-----END KEY-----\r"

  @Test func `a paste where nothing is asked does nothing, and that is said`() {
    let walks = [
      Walk.through(Samples.tally), Walk.toTheReview(), Walk.through(Fixtures.form([.rule])),
    ]
    walks[2].press(.enter, .tab)
    for walk in walks {
      let title = walk.title
      #expect(walk.send(.unmarkedPaste(SecretBuffer(file), isCut: false)) == .none)
      #expect(walk.title == title)
      #expect(walk.said.contains { $0.contains("It was not used.") }, "\(title)")
      walk.paste(file)
      #expect(walk.title == title)
    }
  }

  @Test func `a person's Enter behind a paste without marks is heard at once`() {
    let walk = Walk.through(Samples.tally)
    walk.press(.enter, .enter)
    walk.send(.unmarkedPaste(SecretBuffer(Samples.tallyKey), isCut: false))
    #expect(walk.focused?.status.contains("looks complete") == true)
    walk.pause = .milliseconds(1)
    walk.press(.enter)
    #expect(walk.title == "Review")
  }

  @Test func `a paste that still arrives shows as dots in a hidden field, and nowhere else`() {
    let walk = Walk.through(Samples.tally)
    walk.press(.enter, .enter)
    walk.send(.arriving(characters: 40))
    #expect(walk.focused?.input == .masked(characters: 40, caret: 40))
    walk.send(.unmarkedPaste(SecretBuffer(Samples.tallyKey), isCut: false))
    let count = Samples.tallyKey.count
    #expect(walk.focused?.input == .masked(characters: count, caret: count))
    walk.send(.arriving(characters: 20))
    #expect(walk.focused?.input == .masked(characters: count + 20, caret: count + 20))
    walk.press(.backspace)
    #expect(walk.focused?.input == .masked(characters: count - 1, caret: count - 1))

    let plain = Walk.through(Samples.tailscale)
    plain.press(.enter)
    let before = plain.focused
    plain.send(.arriving(characters: 40))
    #expect(before != nil)
    #expect(plain.focused == before)
  }

  @Test func `within GNU screen a long block is shown for selecting and not copied`() {
    let long = String(repeating: "x", count: 700)
    let form = Fixtures.form([
      .code(language: nil, text: long), .code(language: nil, text: "short"),
    ])
    var wizard = Wizard(Samples.opening(form), options: Samples.options())
    wizard.clipboard = .screen
    let walk = Walk(wizard)
    walk.press(.enter)
    #expect(walk.press(.alt("1")) == .none)
    #expect(walk.said.contains { $0.contains("select it here") })
    #expect(walk.press(.character("1")) == .none)
    walk.press(.escape)
    #expect(walk.press(.alt("2")) == .copy("short"))
  }
}
