import Basics
import Connections
import Onboarding
import ProviderFormat
import Requests
import Secrets
import TerminalUI
import Testing

/// Ways out of the consent and back into it.
@Suite struct ConsentReturnTests {
  private let callback = "http://127.0.0.1:8976/callback"

  private func atTheDoubt() -> Walk {
    let walk = Walk.toTheConsent()
    walk.paste(Links.code)
    walk.press(.enter)
    return walk
  }

  /// At the consent of Quay with an application that was typed: whoever leaves is asked.
  private func typed() -> Walk {
    let walk = Walk.linking(Links.form("quay"), scopeNames: Links.names)
    walk.press(.enter)
    walk.type(Links.clientID)
    walk.press(.enter)
    walk.paste(Links.clientSecret)
    walk.press(.enter, .enter)
    return walk
  }

  private func redeeming() -> Walk {
    let walk = typed()
    walk.paste(Links.answer(to: walk.question))
    #expect(walk.press(.enter) == .perform(.redeem))
    return walk
  }

  // MARK: The question is kept

  @Test func `other rights make a new question`() {
    let walk = Walk.toTheConsent()
    let question = walk.question
    walk.press(.escape)
    walk.type("billing")
    walk.press(.enter)
    #expect(walk.press(.enter) == .listen(at: callback))
    #expect(walk.question != question)
  }

  @Test func `another identifier makes a new question, and the same one does not`() {
    let walk = typed()
    let question = walk.question
    walk.press(.escape, .escape)
    #expect(walk.title == "Register an application")
    walk.press(.enter, .enter, .enter)
    #expect(walk.question == question)
    walk.press(.escape, .escape)
    walk.type("x")
    walk.press(.enter, .enter, .enter)
    #expect(walk.question != question && !walk.question.isEmpty)
  }

  @Test func `a question that is too old is not kept`() {
    let walk = Walk.toTheConsent()
    let question = walk.question
    walk.press(.escape)
    walk.wait(.seconds(601))
    #expect(walk.press(.enter) == .listen(at: callback))
    #expect(walk.question != question)
  }

  @Test func `after the refresh token the field is there again`() {
    let walk = Walk.toTheConsent()
    walk.press(.tab, .right, .right, .enter)
    #expect(walk.title == "Link with a refresh token")
    walk.press(.escape)
    #expect(walk.focused?.label == "The address that the browser ends on")
    walk.paste(Links.answer(to: walk.question))
    #expect(walk.press(.enter) == .perform(.redeem))
  }

  // MARK: A code alone

  @Test func `the whole address is taken where only a code was pasted`() {
    let walk = atTheDoubt()
    walk.paste(Links.answer(to: walk.question))
    #expect(walk.page.notice == nil)
    #expect(walk.focused != nil)
    #expect(walk.press(.enter) == .perform(.redeem))
  }

  @Test func `an address that comes in several lines is put together`() {
    let walk = Walk.toTheConsent()
    let answer = Links.answer(to: walk.question)
    walk.send(.answer(SecretBuffer(String(answer.prefix(40)))))
    walk.send(.answer(SecretBuffer(String(answer.dropFirst(40).prefix(20)))))
    #expect(walk.send(.answer(SecretBuffer(String(answer.dropFirst(60))))) == .perform(.redeem))
  }

  @Test func `back from the question about a code keeps the address`() {
    let walk = atTheDoubt()
    let question = walk.question
    #expect(walk.press(.escape) == .none)
    #expect(walk.question == question)
    #expect(walk.focused?.isEmpty == true)
    walk.paste(Links.answer(to: question))
    #expect(walk.press(.enter) == .perform(.redeem))
  }

  // MARK: Leaving

  @Test func `what is being redeemed goes on behind the question whether to leave`() {
    let walk = redeeming()
    #expect(walk.press(.control("c")) == .none)
    #expect(walk.title == "Leave without storing?")
    #expect(walk.press(.enter) == .none)
    #expect(walk.title == "Asking Quay")
    walk.press(.control("c"))
    guard case .save = walk.answered(.linked(Links.account())) else {
      Issue.record("not stored: \(walk.title)")
      return
    }
    #expect(walk.title != "Leave without storing?")
  }

  @Test func `a refusal comes behind the question`() {
    let walk = redeeming()
    walk.press(.control("c"))
    #expect(walk.refused(.refused) == .none)
    #expect(walk.title == "Leave without storing?")
    walk.press(.enter)
    #expect(walk.title == "Not linked")
  }

  @Test func `Esc says that the code is used up`() {
    let walk = redeeming()
    #expect(walk.press(.escape) == .cancelLink)
    #expect(walk.page.notice?.sentence.contains("code is used up") == true)
  }

  @Test func `a wrong secret is mended before anything is asked again`() {
    let walk = redeeming()
    _ = walk.refused(.refused, isClientUnknown: true)
    #expect(walk.page.actions.map(\.label).first == "Change the values")
    let kept = Walk.toTheConsent()
    kept.paste(Links.answer(to: kept.question))
    kept.press(.enter)
    _ = kept.refused(.refused, isClientUnknown: true)
    #expect(kept.page.actions.map(\.label).first == "Use another application")
  }

  // MARK: The redirect address

  @Test func `an address that was given wins over the one of the application`() {
    var facts = Links.facts()
    facts.callback = .loopback(port: 9000)
    for isGiven in [false, true] {
      let walk = Walk.linking(
        Links.form("quay"), kept: [facts], Links.options { $0.link.isCallbackGiven = isGiven })
      walk.press(.enter)
      walk.send(.applicationRead(Links.application(facts)))
      #expect(
        walk.press(.enter)
          == .listen(at: "http://127.0.0.1:\(isGiven ? 8976 : 9000)/callback"))
    }
  }

  // MARK: Words

  @Test func `a new application is called as it will be kept`() {
    let walk = Walk.linking(Links.form("quay"), kept: [Links.facts("quay")])
    walk.press(.right, .enter)
    #expect(String(describing: walk.page).contains("“quay-2”"))
  }

  @Test func `an application of another provider says whose it is`() {
    let walk = Walk.linking(Links.form("quay"), kept: [Links.facts(of: "acme")])
    #expect(walk.canvas.lines.joined().contains("work, of acme"))
  }
}
