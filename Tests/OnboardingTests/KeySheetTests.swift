import Basics
import Connections
import Onboarding
import Secrets
import TerminalUI
import Testing

/// What the wizard asks of keys: a second one before a store is made, and the passphrase where something is locked.
struct KeySheetTests {
  private static let recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kudm4sy8sq8a7gg"

  private func walk(_ columns: Int = 80, _ rows: Int = 24) -> Walk {
    var options = Samples.options()
    options.store.exists = false
    options.offersSecondKey = true
    let walk = Walk.through(Samples.oneField, options: options)
    walk.resize(columns, rows)
    return walk
  }

  @Test(arguments: [(40, 12), (80, 24), (120, 40)])
  func `a second key is offered before there is a store`(_ columns: Int, _ rows: Int) {
    let walk = walk(columns, rows)
    expectScreen(walk.canvas, "second-key-\(columns)x\(rows)")
    walk.paste(Self.recipient)
    walk.wait(.seconds(1))
    expectScreen(walk.canvas, "second-key-pasted-\(columns)x\(rows)")
    #expect(walk.press(.enter) == .addReader(Self.recipient))
    walk.send(.readerAdded(Self.recipient))
    expectScreen(walk.canvas, "second-key-added-\(columns)x\(rows)")
  }

  @Test func `one Enter goes on without, and nothing is asked a second time`() {
    let walk = walk()
    #expect(walk.title == "A second key?")
    #expect(walk.press(.enter) == .none)
    #expect(walk.title == "Link Tally")
    walk.send(.opened(Samples.opening(Samples.oneField)))
    #expect(walk.title == "Link Tally")
  }

  @Test func `what is no public key is neither shown nor taken`() {
    let walk = walk()
    walk.paste(Samples.tallyKey)
    walk.wait(.seconds(1))
    #expect(walk.focused?.isEmpty == true)
    #expect(walk.said.contains { $0.contains("not a public key") })
    walk.type("tly-abcdefghi")
    #expect(walk.focused?.isMasked == true)
    #expect(walk.press(.enter) == .addReader("tly-abcdefghi"))
    walk.send(.readerNotAdded(Explanation(what: "this is no recipient", why: "it is none")))
    #expect(walk.title == "A second key?")
    #expect(walk.said.contains { $0.contains("no recipient") })
  }

  @Test(arguments: [(40, 12), (80, 24), (120, 40)])
  func `what is locked asks for the passphrase, and is opened then`(_ columns: Int, _ rows: Int) {
    let walk = Walk.fromTheIndex()
    walk.resize(columns, rows)
    walk.send(.locked(.provider(slug: "tally")))
    walk.type("walrus")
    expectScreen(walk.canvas, "passphrase-\(columns)x\(rows)")
    #expect(walk.press(.enter) == .unlock(characters: 6))
    walk.send(
      .notUnlocked(Explanation(what: "the identity stays locked", why: "the passphrase is wrong")))
    expectScreen(walk.canvas, "passphrase-wrong-\(columns)x\(rows)")
    #expect(walk.focused?.isEmpty == true)
    walk.paste("walrus seal\n")
    walk.wait(.seconds(1))
    #expect(walk.press(.enter) == .unlock(characters: 11))
    #expect(walk.send(.unlocked) == .open("tally"))
  }

  @Test func `going back leaves it locked`() {
    let walk = Walk.fromTheIndex()
    let title = walk.title
    walk.send(.locked(.provider(slug: "tally")))
    #expect(walk.press(.escape) == .none)
    #expect(walk.title == title)
  }
}
