import Connections
import Drafts
import Onboarding
import ProviderFormat
import Requests
import Secrets
import TerminalUI
import Testing

/// The application that an account is linked with, and the steps beside it.
@Suite struct LinkApplicationTests {
  private let callback = "http://127.0.0.1:8976/callback"

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
}
