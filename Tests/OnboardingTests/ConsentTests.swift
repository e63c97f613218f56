import Basics
import Connections
import Onboarding
import ProviderFormat
import Requests
import Secrets
import TerminalUI
import Testing

/// The address that is opened, and the answers to it.
@Suite struct ConsentTests {
  private func quay() -> Walk { .toTheConsent() }

  @Test func `with a kept application one paste and four keys are enough`() {
    let walk = Walk.linking(
      Links.form("quay"), kept: [Links.facts()], scopeNames: Links.names)
    #expect(walk.title == "Link Quay")
    #expect(walk.press(.enter) == .loadApplication("work"))
    walk.send(.applicationRead(Links.application(Links.facts())))
    #expect(walk.title == "Which rights shall Quay give?")
    #expect(walk.press(.enter) == .listen(at: "http://127.0.0.1:8976/callback"))
    #expect(walk.title == "Agree at Quay")
    walk.paste(Links.answer(to: walk.question))
    #expect(walk.press(.enter) == .perform(.redeem))
    #expect(
      walk.answered(.linked(Links.account()))
        == .save(
          ConnectionName(provider: "quay")!,
          fields: [
            OAuthClient.idField, OAuthClient.secretField, Scopes.setting,
          ], replacing: false, checked: .accepted))
    #expect(walk.savedToken)
    #expect(walk.saved?.application?.description == "work")
    #expect(walk.savedApplication == nil)
    let facts = walk.saved!
    #expect(walk.send(.stored(facts)) == .leave(.linked(facts), forgetting: nil))
    #expect(walk.title == "Quay is linked")
  }

  @Test func `the address stands alone, from the first column on, and is copied on a key`() {
    let walk = quay()
    #expect(walk.question.hasPrefix("https://quay.example/oauth/authorize?response_type=code"))
    for columns in [40, 80, 120] {
      walk.resize(columns, 40)
      let lines = walk.canvas.lines
      let start = lines.firstIndex { $0.hasPrefix("https://quay.example") }!
      let count = (walk.question.count + columns - 1) / columns
      #expect(lines[start..<start + count].joined() == walk.question)
    }
    walk.resize(80, 24)
    #expect(walk.press(.control("x")) == .copy(walk.question))
    #expect(walk.page.notice?.sentence.contains("clipboard") == true)
  }

  @Test func `what was pasted shows its length and nothing else`() {
    let walk = quay()
    let answer = Links.answer(to: walk.question)
    walk.paste(answer)
    #expect(walk.page.fields[0].input == .masked(characters: answer.count, caret: answer.count))
    #expect(!walk.canvas.lines.joined().contains("code-abc"))
    walk.press(.backspace)
    #expect(
      walk.page.fields[0].input == .masked(characters: answer.count - 1, caret: answer.count - 1))
    // A second paste is a second try.
    walk.paste(answer)
    #expect(walk.page.fields[0].input == .masked(characters: answer.count, caret: answer.count))
    walk.press(.control("u"))
    #expect(walk.page.fields[0].isEmpty)
    #expect(walk.press(.enter) == .none)
    #expect(walk.said.joined().contains("Nothing was pasted"))
  }

  @Test func `a broken address is put together again, and that is said`() {
    let walk = quay()
    let answer = Links.answer(to: walk.question)
    walk.paste(answer.prefix(40) + "\n  " + answer.dropFirst(40))
    #expect(walk.press(.enter) == .perform(.redeem))
    #expect(walk.page.notice?.sentence.contains("put together again") == true)
  }

  @Test(arguments: [
    ("https://mail.example/inbox", "This is a page of mail.example"),
    (
      "http://127.0.0.1:8976/callback?code=abcd&state=another",
      "The answer belongs to another question"
    ),
    ("http://127.0.0.1:8976/callback", "The answer does not say to which question"),
    (
      "http://127.0.0.1:8976/callback?error=access_denied&error_description=No%20thanks",
      "No thanks"
    ),
    ("not an address", "no answer of the provider"),
  ])
  func `a wrong answer is refused with a reason, and another one may follow`(
    text: String, reason: String
  ) {
    let walk = quay()
    walk.paste(text)
    #expect(walk.press(.enter) == .none)
    #expect(walk.said.joined().contains(reason), "\(walk.said)")
    #expect(walk.page.fields[0].isEmpty)
    walk.paste(Links.answer(to: walk.question))
    #expect(walk.press(.enter) == .perform(.redeem))
  }

  @Test func `the address to open, pasted back, is told from the one it ends on`() {
    let walk = quay()
    walk.paste(walk.question)
    walk.press(.enter)
    #expect(walk.said.joined().contains("This is the address to open"))
  }

  @Test func `more than any browser ends on is refused whole`() {
    let walk = quay()
    walk.paste(String(repeating: "x", count: 17_000))
    #expect(walk.said.joined().contains("16 kB"))
    #expect(walk.page.fields[0].isEmpty)
    walk.paste("cut", isCut: true)
    #expect(walk.said.joined().contains("16 kB"))
  }

  @Test func `a code alone is used after a question`() {
    let walk = quay()
    walk.paste(Links.code)
    #expect(walk.press(.enter) == .none)
    #expect(walk.page.fields.isEmpty)
    #expect(walk.page.actions.map(\.label) == ["Use the code", "Make a new address"])
    #expect(walk.press(.enter) == .perform(.redeem))

    let other = quay()
    let question = other.question
    other.paste(Links.code)
    other.press(.enter)
    #expect(other.press(.right, .enter) == .listen(at: "http://127.0.0.1:8976/callback"))
    #expect(other.question != question)
  }

  @Test func `after ten minutes Enter makes a new address`() {
    let walk = quay()
    let question = walk.question
    let answer = Links.answer(to: question)
    #expect(walk.deadline != nil)
    walk.wait(.seconds(601))
    #expect(walk.said.joined().contains("Enter makes a new one"))
    walk.paste(answer)
    #expect(walk.press(.enter) == .none)
    #expect(walk.said.joined().contains("too late"))
    #expect(walk.press(.enter) == .listen(at: "http://127.0.0.1:8976/callback"))
    #expect(walk.question != question)
    #expect(walk.said.isEmpty)
  }

  // MARK: Listening

  @Test func `the browser comes back by itself, and wins`() {
    let walk = quay()
    walk.send(.listening)
    #expect(walk.canvas.lines.joined().contains("Usher listens at"))
    let answer = Links.answer(to: walk.question)
    walk.type("half")
    #expect(walk.send(.link(.redirected(SecretBuffer(answer)))) == .perform(.redeem))
    // The second one to come has nothing to say any more.
    #expect(walk.send(.link(.redirected(SecretBuffer(answer)))) == .none)
    #expect(walk.title == "Asking Quay")
  }

  @Test func `the tunnel's command stands there to copy`() {
    let walk = Walk.toTheConsent(
      Links.options { $0.tunnel = Tunnel(login: "jane@build-7") })
    walk.send(.listening)
    let command = "ssh -N -L 8976:127.0.0.1:8976 jane@build-7"
    #expect(walk.page.references.all.contains { $0.target == .code(command) })
    let number = walk.page.references.number(ofCode: command)!
    #expect(walk.press(.alt(Unicode.Scalar(UInt8(48 + number)))) == .copy(command))
  }

  @Test func `a port that is taken is said, and pasting goes on`() {
    let walk = quay()
    walk.send(.notListening(ListeningError.taken(port: 8976).explanation))
    #expect(walk.canvas.lines.joined().contains("port 8976 of this machine is in use"))
    walk.paste(Links.answer(to: walk.question))
    #expect(walk.press(.enter) == .perform(.redeem))
  }

  // MARK: Back

  @Test func `back leads from the consent to the rights, and nobody listens any more`() {
    let walk = quay()
    let question = walk.question
    walk.paste(Links.answer(to: question))
    #expect(walk.press(.escape) == .cancelLink)
    #expect(walk.title == "Which rights shall Quay give?")
    walk.press(.escape)
    #expect(walk.title == "Link Quay")
    // The application is open already.
    #expect(walk.press(.enter) == .none)
    #expect(walk.title == "Which rights shall Quay give?")
    // Nothing has changed: the address that a browser may have open still counts, and what was pasted is there.
    walk.press(.enter)
    #expect(walk.question == question)
    #expect(walk.press(.enter) == .perform(.redeem))
  }

  @Test func `an application that cannot be opened is said`() {
    let walk = Walk.linking(Links.form("quay"), kept: [Links.facts()])
    walk.press(.enter)
    walk.send(
      .applicationNotRead(Explanation(what: "there is no application work any more")))
    #expect(walk.title == "Link Quay")
    #expect(walk.page.notice?.sentence.contains("no application work") == true)
  }

  @Test func `no secret and nothing pasted is on any page`() {
    let walk = quay()
    var pages = [String(describing: walk.page)]
    let state = Links.parameter("state", of: walk.question)
    walk.paste(Links.answer(to: walk.question))
    pages.append(String(describing: walk.page))
    for page in pages { #expect(!page.contains(Links.clientSecret)) }
    #expect(!pages[1].contains(Links.code))
    walk.press(.enter)
    let later = String(describing: walk.page)
    walk.answered(.linked(Links.account()))
    walk.send(.stored(walk.saved!))
    for page in [later, String(describing: walk.page)] {
      for secret in [Links.clientSecret, Links.code, state, "token-0123", "again-0123"] {
        #expect(!page.contains(secret))
      }
    }
  }
}
