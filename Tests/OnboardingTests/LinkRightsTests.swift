import Connections
import Onboarding
import Requests
import TerminalUI
import Testing

/// The rights that are asked for.
@Suite struct LinkRightsTests {
  private let callback = "http://127.0.0.1:8976/callback"

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
}
