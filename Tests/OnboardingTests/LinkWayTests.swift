import Basics
import Connections
import Drafts
import Onboarding
import ProviderFormat
import Requests
import Secrets
import TerminalUI
import Testing

/// What stands before the consent, and the ways that need no browser.
@Suite struct LinkWayTests {
  private let callback = "http://127.0.0.1:8976/callback"

  // MARK: Applications

  @Test func `an application is asked for once, and kept with the connection`() {
    let walk = Walk.linking(Links.form("quay"), scopeNames: Links.names)
    #expect(walk.press(.enter) == .none)
    #expect(walk.title == "Register an application")
    #expect(walk.page.references.all.contains { $0.target == .code(callback) })
    #expect(
      walk.page.references.all.contains {
        $0.target == .address("https://docs.quay.example/set-up")
      })
    #expect(walk.page.fields.map(\.isMasked) == [false, true])
    walk.type(Links.clientID)
    walk.press(.enter)
    walk.paste(Links.clientSecret)
    guard case .saveDraft(_, let fields) = walk.press(.enter) else {
      Issue.record("nothing is kept")
      return
    }
    #expect(fields == [OAuthClient.idField, OAuthClient.secretField])
    #expect(walk.title == "Which rights shall Quay give?")
    walk.press(.enter)
    walk.paste(Links.answer(to: walk.question))
    #expect(walk.press(.enter) == .perform(.redeem))
    walk.answered(.linked(Links.account()))
    #expect(walk.savedApplication?.name.description == "quay")
    #expect(walk.savedApplication?.clientID == Links.clientID)
    #expect(walk.savedApplication?.callback?.address == callback)
  }

  @Test func `an application without an identifier is not gone on with`() {
    let walk = Walk.linking(Links.form("quay"))
    walk.press(.enter, .enter, .enter)
    #expect(walk.title == "Register an application")
    #expect(walk.page.fields[0].notices.isEmpty == false)
  }

  @Test func `--app names what a new one is kept as`() {
    let walk = Walk.linking(
      Links.form("quay"), kept: [Links.facts("other")],
      Links.options { $0.application = ApplicationName("mine") })
    walk.press(.enter)
    #expect(walk.title == "Register an application")
    #expect(String(describing: walk.page).contains("“mine”"))
  }

  @Test func `another application can be used than the kept one`() {
    let walk = Walk.linking(Links.form("quay"), kept: [Links.facts()])
    #expect(walk.page.actions.map(\.label) == ["Start", "Use another application"])
    walk.press(.right, .enter)
    #expect(walk.title == "Register an application")
    // It is another one, and the kept one stands no longer on the first page.
    walk.press(.escape)
    #expect(walk.page.actions.map(\.label) == ["Start"])
  }

  @Test func `of several kept applications one is chosen`() {
    let walk = Walk.linking(
      Links.form("quay"), kept: [Links.facts("first"), Links.facts("second")],
      scopeNames: Links.names)
    walk.press(.right, .enter)
    #expect(walk.title == "Which application?")
    #expect(walk.press(.down, .enter) == .loadApplication("second"))
    walk.send(.applicationRead(Links.application(Links.facts("second"))))
    #expect(walk.title == "Which rights shall Quay give?")

    let other = Walk.linking(
      Links.form("quay"), kept: [Links.facts("first"), Links.facts("second")])
    other.press(.right, .enter)
    #expect(other.press(.down, .down, .enter) == .none)
    #expect(other.title == "Register an application")
  }

  @Test func `a cut session goes on with the application that was typed`() {
    var kept = SecretValues()
    kept.set(OAuthClient.idField, to: SecretBuffer(Links.clientID))
    kept.set(OAuthClient.secretField, to: SecretBuffer(Links.clientSecret))
    var opening = Links.opening(Links.form("quay"), kept: [Links.facts()])
    opening.kept = consume kept
    let walk = Walk(Wizard(opening, options: Links.options { $0.link.scopes = Scopes(["read"]) }))
    #expect(walk.page.actions.map(\.label) == ["Continue", "Start afresh"])
    #expect(String(describing: walk.page).contains("goes on at the consent"))
    #expect(walk.press(.enter) == .listen(at: callback))
  }

  // MARK: Steps

  @Test func `a guide's steps and settings come before the application`() {
    let walk = Walk.linking(Links.form("canal"))
    walk.press(.enter)
    #expect(walk.title == "Open your account")
    #expect(walk.page.header.position == "Step 1 of 3")
    walk.press(.enter)
    walk.type("acme")
    #expect(walk.title == "Find the subdomain")
    walk.press(.enter)
    #expect(walk.title == "Register an application")
    walk.type(Links.clientID)
    walk.press(.enter)
    // Nothing is known of rights: the address comes at once, and what was typed is sealed before.
    #expect(walk.press(.enter) == .listen(at: callback))
    #expect(walk.keptFields?.contains(OAuthClient.idField) == true)
    #expect(walk.question.hasPrefix("https://acme.canal.example/oauth/authorize?"))
    #expect(walk.press(.escape) == .cancelLink)
    #expect(walk.title == "Register an application")
  }

  @Test func `with a kept application only what is asked for is gone through`() {
    let walk = Walk.linking(Links.form("canal"), kept: [Links.facts(of: "canal")])
    walk.press(.enter)
    walk.send(.applicationRead(Links.application(Links.facts(of: "canal"))))
    #expect(walk.title == "Find the subdomain")
    #expect(walk.page.header.position == "Step 1 of 1")
    #expect(walk.press(.enter) == .none)
    walk.type("acme")
    #expect(walk.press(.enter) == .listen(at: callback))
  }

  // MARK: Rights

  private func atTheRights() -> Walk {
    let walk = Walk.linking(
      Links.form("quay"), kept: [Links.facts()], scopeNames: Links.names)
    walk.press(.enter)
    walk.send(.applicationRead(Links.application(Links.facts())))
    return walk
  }

  private func rows(_ walk: Walk) -> [Page.Row] {
    for case .list(let rows) in walk.page.items { return rows }
    return []
  }

  @Test func `rights are searched, ticked, and typed`() {
    let walk = atTheRights()
    #expect(rows(walk).filter { $0.notice != nil }.map(\.name) == ["read", "offline_access"])
    walk.type("org")
    #expect(rows(walk).map(\.name) == ["read:org", "write:org", "org"])
    walk.press(.down, .character(" "))
    #expect(rows(walk)[1].notice != nil)
    walk.press(.control("u"))
    walk.type("billing")
    #expect(rows(walk).map(\.name) == ["billing"])
    #expect(walk.press(.enter) == .none)
    #expect(walk.focused?.isEmpty == true)
    walk.press(.enter)
    #expect(
      Links.parameter("scope", of: walk.question)
        == "read+offline_access+write%3Aorg+billing")
  }

  @Test func `what is needed for renewal is missed when it is gone`() {
    let walk = atTheRights()
    walk.press(.down, .character(" "))
    #expect(walk.page.notice?.sentence.contains("Without offline_access") == true)
    walk.press(.character(" "))
    #expect(walk.page.notice == nil)
  }

  @Test func `several rights can be pasted at once, and a secret cannot`() {
    let walk = atTheRights()
    walk.paste("admin write, extra")
    #expect(rows(walk).filter { $0.notice != nil }.count == 5)
    walk.paste("ghp_abcdefghijklmnopqrstuvwxyz0123456789")
    #expect(walk.page.notice?.sentence.contains("secret") == true)
  }

  @Test func `a blank behind a word adds it and takes none off`() {
    let walk = atTheRights()
    walk.type("read items ")
    #expect(
      rows(walk).filter { $0.notice != nil }.map(\.name) == ["items", "read", "offline_access"])
    #expect(walk.page.notice?.sentence == "“items” is asked for.")
    walk.paste("read items extra")
    #expect(walk.page.notice?.sentence == "1 right added.")
  }

  @Test func `--scope asks for nothing, and the consent changes rights`() {
    let walk = Walk.toTheConsent(Links.options { $0.link.scopes = Scopes(["write"]) })
    #expect(Links.parameter("scope", of: walk.question) == "write")
    let labels = walk.page.actions.map(\.label)
    walk.press(.tab)
    for _ in 0..<labels.firstIndex(of: "Change the rights")! { walk.press(.right) }
    #expect(walk.press(.enter) == .cancelLink)
    #expect(walk.title == "Which rights shall Quay give?")
    #expect(rows(walk).filter { $0.notice != nil }.map(\.name) == ["write"])
    #expect(walk.press(.enter) == .listen(at: callback))
  }

  // MARK: Other ways

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

  @Test func `what cannot be linked says why`() {
    let walk = Walk(Wizard(Fixtures.depot, options: Samples.options()))
    #expect(walk.title == "Depot cannot be linked from here")
    #expect(walk.canvas.lines.joined().contains("APP_STORE"))
  }
}
