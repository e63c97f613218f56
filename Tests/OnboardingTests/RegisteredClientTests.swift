import Drafts
import Onboarding
import Requests
import Secrets
import TerminalUI
import Testing

/// Servers that are found out about, and clients that register themselves there.
@Suite struct RegisteredClientTests {
  private let callback = "http://127.0.0.1:8976/callback"

  @Test func `a server that is found out about is asked first, and a client registers anew once`() {
    let walk = Walk.linking(Links.form("ferry", hasClient: false))
    walk.press(.enter)
    walk.type("https://ferry.example/mcp")
    var seen = walk.press(.enter)
    while walk.page.header.position.hasPrefix("Step") { seen = walk.press(.enter) }
    #expect(seen == .perform(.prepare(allowsLoopback: false)))
    #expect(walk.answered(.ready(Links.ground(registers: true))) == .listen(at: callback))
    #expect(walk.question.hasPrefix("https://ferry.example/authorize?"))
    #expect(Links.parameter("client_id", of: walk.question) == "registered-1")
    walk.paste(Links.answer(to: walk.question))
    #expect(walk.press(.enter) == .perform(.redeem))
    #expect(
      walk.refused(.refused, isClientUnknown: true) == .perform(.prepare(allowsLoopback: false)))
    walk.answered(.ready(Links.ground(registers: true)))
    #expect(walk.canvas.lines.joined().contains("It has registered anew"))
    walk.paste(Links.answer(to: walk.question))
    walk.press(.enter)
    #expect(walk.refused(.refused, isClientUnknown: true) == .none)
    #expect(walk.title == "Not linked")
  }

  /// Ferry, linked again; its server is asked for what a question needs.
  private static func ferry(_ client: consuming SecretValues) -> Walk {
    let opening = Links.opening(Links.form("ferry", hasClient: false), client: client)
    let walk = Walk(Wizard(opening, options: Links.options()))
    walk.press(.enter)
    walk.type("https://ferry.example/mcp")
    var seen = walk.press(.enter)
    while walk.page.header.position.hasPrefix("Step") { seen = walk.press(.enter) }
    #expect(seen == .perform(.prepare(allowsLoopback: false)))
    return walk
  }

  @Test func `a client that registered itself before is gone by until the server forgets it`() {
    let walk = Self.ferry(Links.client("registered-0", hasRegistered: true))
    #expect(walk.askedClient == "registered-0")
    walk.answered(.ready(Links.ground(registers: true)))
    walk.paste(Links.answer(to: walk.question))
    walk.press(.enter)
    #expect(
      walk.refused(.refused, isClientUnknown: true) == .perform(.prepare(allowsLoopback: false)))
    #expect(walk.askedClient == "")
  }

  @Test func `a new address takes a new client, in case the page said that it was forgotten`() {
    let walk = Self.ferry(Links.client("registered-0", hasRegistered: true))
    walk.answered(.ready(Links.ground(registers: true)))
    walk.wait(.seconds(601))
    #expect(walk.press(.enter) == .perform(.prepare(allowsLoopback: false)))
    #expect(walk.askedClient == "")
  }

  @Test func `a client that somebody brought is never replaced`() {
    let walk = Self.ferry(Links.client("mine", hasRegistered: false))
    #expect(walk.askedClient == "mine")
    walk.answered(.ready(Links.ground(registers: false)))
    #expect(Links.parameter("client_id", of: walk.question) == "mine")
    walk.paste(Links.answer(to: walk.question))
    walk.press(.enter)
    #expect(walk.refused(.refused, isClientUnknown: true) == .none)
    #expect(walk.title == "Not linked")
  }
}
