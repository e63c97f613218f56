import Connections
import Onboarding
import Requests
import TerminalUI
import Testing

/// The ways to link an account that need no browser, or another one.
@Suite struct LinkWayTests {
  private func choose(_ label: String, _ walk: Walk) -> Walk.Seen {
    let labels = walk.page.actions.map(\.label)
    guard let place = labels.firstIndex(of: label) else {
      Issue.record("no \(label) among \(labels)")
      return .none
    }
    walk.press(.tab)
    for _ in 0..<place { walk.press(.right) }
    return walk.press(.enter)
  }

  @Test func `a refresh token that somebody has does without a browser`() {
    let walk = Walk.toTheConsent()
    #expect(choose("Use a refresh token", walk) == .none)
    #expect(walk.title == "Link with a refresh token")
    walk.press(.enter)
    #expect(walk.said == ["Nothing was entered."])
    walk.paste(" refresh-0123456789 ")
    #expect(walk.page.fields[0].isMasked)
    #expect(walk.press(.enter) == .perform(.renew))
    walk.answered(.linked(Links.account()))
    #expect(walk.savedToken)
  }

  @Test func `back from the refresh token leads to the same address`() {
    let walk = Walk.toTheConsent()
    let question = walk.question
    _ = choose("Use a refresh token", walk)
    walk.type("x")
    walk.press(.escape)
    #expect(walk.question == question)
    #expect(walk.page.fields[0].isEmpty)
  }

  private func atCanal(_ options: WizardOptions = Links.options()) -> Walk {
    let walk = Walk.linking(Links.form("canal"), kept: [Links.facts(of: "canal")], options)
    walk.press(.enter)
    walk.send(.applicationRead(Links.application(Links.facts(of: "canal"))))
    walk.type("acme")
    return walk
  }

  @Test func `a code for another device is offered where the entry has it, and never by itself`() {
    #expect(!Walk.toTheConsent().page.actions.contains { $0.label.contains("device") })
    let walk = atCanal()
    walk.press(.enter)
    #expect(choose("Use a code on another device", walk) == .perform(.device))
    walk.send(.link(.code(Links.deviceCode())))
    #expect(walk.title == "Agree on another device")
    #expect(walk.canvas.lines.joined().contains("WDJB-MJHT"))
    #expect(walk.press(.control("x")) == .copy("https://canal.example/device"))
    walk.answered(.linked(Links.account()))
    walk.send(.stored(walk.saved!))
    #expect(walk.title == "Canal is linked")
    #expect(!walk.canvas.lines.joined().contains("WDJB"))
  }

  @Test func `--device begins with it`() {
    let walk = atCanal(Links.options { $0.link.usesDevice = true })
    #expect(walk.press(.enter) == .perform(.device))
  }

  @Test func `a provider that answers at once shows no address`() {
    let walk = Walk.linking(Links.form("weir"), kept: [Links.facts(of: "weir")])
    walk.press(.enter)
    walk.send(.applicationRead(Links.application(Links.facts(of: "weir"))))
    walk.type("jane")
    walk.press(.enter)
    walk.paste("a-password-0123")
    #expect(walk.press(.enter) == .perform(.ask))
    #expect(!String(describing: walk.page).contains("a-password"))
    walk.answered(.linked(Links.account()))
    #expect(walk.savedToken)
  }

  @Test func `of several places where an application is installed one is chosen`() {
    func crane() -> Walk {
      let walk = Walk.linking(Links.form("crane", hasClient: false))
      walk.press(.enter)
      walk.type("1234")
      walk.press(.enter)
      walk.paste("a-private-key")
      while walk.page.header.position.hasPrefix("Step") { walk.press(.enter) }
      return walk
    }
    let several = crane()
    #expect(
      several.answered(
        .installations([Links.installation(1, "acme"), Links.installation(2, "zoo")])) == .none)
    #expect(several.title == "Where is it installed?")
    #expect(several.press(.down, .enter) == .perform(.installation(2)))
    let one = crane()
    #expect(
      one.answered(.installations([Links.installation(7, "acme")]))
        == .perform(.installation(7)))
    let none = crane()
    #expect(none.answered(.installations([])) == .none)
    #expect(none.title == "Not linked")
    #expect(none.page.actions.map(\.label).first == "Ask again")
  }

  @Test func `what cannot be linked says why`() {
    let walk = Walk(Wizard(Fixtures.depot, options: Samples.options()))
    #expect(walk.title == "Depot cannot be linked from here")
    #expect(walk.canvas.lines.joined().contains("APP_STORE"))
  }
}
