import Basics
import Connections
import Drafts
import Onboarding
import ProviderFormat
import Requests
import Secrets
import TerminalUI
import Testing

/// Values that take the place of others, and values that are changed.
@Suite struct ReplacementTests {
  private let tally = ConnectionName(provider: "tally")!

  // MARK: Replacing

  @Test func `what is linked already is opened anew to be replaced`() {
    var options = Samples.options()
    options.linked = [Samples.linked("tally")]
    let walk = Walk.through(Samples.tally, options: options)
    #expect(walk.press(.right, .enter) == .openReplacement(tally))
    walk.send(.opened(Samples.replacement(of: Samples.tally)))
    #expect(walk.title == "Replace tally/default")
    #expect(walk.page.header.provider == "Replace tally/default")
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    #expect(walk.page.actions.map(\.label) == ["Check and replace"])
    #expect(!walk.page.actions.contains { $0.label.contains("name") })
    walk.press(.enter)
    #expect(
      walk.send(.checked(Walk.accepted(), Samples.now))
        == .save(tally, fields: [Samples.apiKey], replacing: true, checked: .accepted))
  }

  @Test func `a connection that cannot be opened is left as it is`() {
    var options = Samples.options()
    options.linked = [Samples.linked("tally")]
    let walk = Walk.through(Samples.tally, options: options)
    walk.press(.right, .enter)
    walk.send(.notOpened(Explanation(what: "no identity", why: "the file is missing")))
    #expect(walk.canvas.lines.joined().contains("No identity"))
    #expect(walk.page.actions.map(\.label) == ["Use another name", "Replace it", "Leave"])
  }

  @Test func `settings are filled in and secrets are not, and leaving at once asks nothing`() {
    let walk = Walk.replacing(Samples.tailscale, known: [Samples.organization: "corp.example"])
    walk.press(.enter)
    #expect(walk.focused?.input == .text("corp.example", caret: 12))
    walk.press(.enter)
    #expect(walk.focused?.input == .masked(characters: 0, caret: 0))
    #expect(walk.press(.control("c")) == .leave(.left(after: nil), forgetting: nil))
  }

  @Test func `values of another account are stored only after a word`() {
    let walk = Walk.replacing(Samples.tally, account: "jane@example.com")
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter, .enter)
    #expect(walk.send(.checked(Walk.accepted(by: "bob@example.com"), Samples.now)) == .none)
    #expect(walk.title == "Another account")
    #expect(
      walk.page.actions.map(\.label) == ["Change the values", "Replace it all the same", "Leave"])
    #expect(walk.page.selectedAction == 0)
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("jane@example.com") && text.contains("bob@example.com"))
    #expect(text.contains("usher connect tally --name NAME"))
    #expect(
      walk.press(.right, .enter)
        == .save(tally, fields: [Samples.apiKey], replacing: true, checked: .accepted))
    #expect(walk.saved?.diagnosis?.account == "bob@example.com")
  }

  @Test func `leaving where the account is another one ends as a refusal does`() {
    let walk = Walk.replacing(Samples.tally, account: "jane@example.com")
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter, .enter)
    walk.send(.checked(Walk.accepted(by: "bob@example.com"), Samples.now))
    walk.press(.control("c"))
    guard case .leave(let outcome, _) = walk.press(.control("c")) else {
      Issue.record("still there: \(walk.title)")
      return
    }
    #expect(outcome.exitCode == .refused)
  }

  @Test func `where no account is told the values are stored, which is said`() {
    let walk = Walk.replacing(Samples.tally)
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter, .enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    walk.send(.stored(walk.saved!))
    #expect(walk.title == "tally/default is replaced")
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("could not be told"))
    #expect(text.contains("usher replace tally --undo"))
  }

  @Test func `another setting counts as another account, also where nobody is asked`() {
    var options = Samples.options()
    options.skipsCheck = true
    let walk = Walk.replacing(
      Samples.tailscale, known: [Samples.organization: "corp.example"], options: options)
    walk.press(.enter, .control("u"))
    walk.type("other.com")
    walk.press(.enter)
    walk.paste(Samples.tailscaleToken)
    walk.press(.enter)
    #expect(walk.press(.enter) == .none)
    #expect(walk.title == "Another account")
  }

  // MARK: The old key

  @Test func `the old key is left unless somebody wants it revoked`() {
    let walk = replaced(.request)
    #expect(walk.page.actions.map(\.label) == ["Leave it", "Revoke the old key"])
    #expect(walk.page.selectedAction == 0)
    #expect(
      walk.press(.enter) == .leave(.linked(walk.saved!), forgetting: nil))
  }

  @Test func `a key that is revoked ends the session, and it cannot be undone`() {
    let walk = replaced(.request)
    #expect(walk.press(.right, .enter) == .revokeFormer(tally))
    #expect(walk.title == "Revoking the old key")
    #expect(
      walk.send(.revoked(.revoked)) == .leave(.linked(walk.saved!), forgetting: nil))
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("has taken the old key back"))
    #expect(!text.contains("--undo"))
  }

  @Test func `a key that is not revoked is said with its reason, and what is stored stays so`() {
    let walk = replaced(.request)
    walk.press(.right, .enter)
    let diagnosis = Diagnosis(
      kind: .unreachable, sentence: "Tally could not be reached.", nextStep: "Open the page.")
    #expect(walk.send(.revoked(.failed(diagnosis))) == .none)
    #expect(walk.canvas.lines.joined().contains("Tally could not be reached."))
    #expect(walk.page.actions.map(\.label) == ["Leave it", "Try again"])
    #expect(walk.press(.right, .enter) == .revokeFormer(tally))
    #expect(walk.press(.escape) == .cancelRevocation)
    walk.resize(120, 60)
    let words = walk.canvas.lines.joined(separator: " ").split(separator: " ")
    let text = words.joined(separator: " ")
    #expect(text.contains("is not known") && text.contains("its key may be revoked"))
    #expect(!text.contains("The old key is still good"))
    #expect(walk.press(.control("c")) == .leave(.linked(walk.saved!), forgetting: nil))
  }

  @Test func `a page where a person revokes is shown, and nothing is asked`() {
    let walk = replaced(.page("https://tally.so/keys"))
    #expect(walk.page.actions.isEmpty)
    #expect(walk.canvas.lines.joined(separator: "\n").contains("https://tally.so/keys"))
  }

  @Test(arguments: [RevocationWay.request, .page("https://tally.so/keys")])
  func `where the store keeps no key that could be taken back alone nothing is said of one`(
    _ way: RevocationWay
  ) {
    let walk = replaced(way, leavesOldKey: false)
    #expect(walk.page.actions.isEmpty)
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(!text.contains("still good") && !text.contains("https://tally.so/keys"))
    #expect(text.contains("--undo brings it back"))
  }

  private func replaced(_ way: RevocationWay, leavesOldKey: Bool = true) -> Walk {
    let walk = Walk.replacing(
      Samples.tally, account: Walk.accepted().account, revocation: way)
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter, .enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    walk.send(.stored(walk.saved!, leavesOldKey: leavesOldKey))
    walk.wait(.seconds(1))
    return walk
  }

  // MARK: The version

  @Test(arguments: [Replacement.Purpose.replace, .edit(nil)])
  func `what is stored takes the place of the very version that was opened`(
    _ purpose: Replacement.Purpose
  ) throws {
    let walk = storing(purpose)
    let saved = try #require(walk.saved)
    #expect(saved.storeID == "cellar" && saved.id == "c0ffee" && saved.version == 3)
  }

  @Test func `what somebody else has changed meanwhile is not tried again, but begun again`() {
    let walk = storing(.edit(nil))
    walk.send(
      .notStored(
        .conflict(tally, why: "it has been changed since it was opened: it is version 4 now")))
    walk.wait(.seconds(1))
    #expect(walk.page.actions.map(\.label) == ["Leave"])
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("is version 4 now"))
    #expect(text.contains("Run the command again"))
    #expect(text.contains("What you typed is still here."))
    walk.press(.escape)
    #expect(walk.title == "Review")
  }

  /// To where Tally's key has been found good, and is being stored.
  private func storing(_ purpose: Replacement.Purpose) -> Walk {
    let isEdit = Replacement(of: Walk.facts(nil), purpose).isEdit
    let walk = Walk.replacing(
      Samples.tally, purpose, account: Walk.accepted().account,
      known: isEdit ? [Samples.apiKey: Self.oldKey] : [:])
    if isEdit { walk.press(.enter) } else { walk.press(.enter, .enter) }
    walk.paste(Samples.tallyKey)
    walk.press(.enter, .enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    return walk
  }

  // MARK: Editing

  private static let oldKey = "tly-zyxwvutsrqponmlkjihgfedcbEXAMPLE"

  private static let values = [Samples.apiKey: Samples.tailscaleToken, Samples.organization: "-"]

  @Test func `an edit begins with everything as it is, and changes nothing by itself`() {
    let walk = Walk.replacing(Samples.tailscale, .edit(nil), known: Self.values)
    #expect(walk.title == "Review")
    #expect(walk.page.header.provider == "Edit tailscale-api-key/default")
    #expect(walk.page.actions.map(\.label) == ["Leave it as it is"])
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("looks complete"))
    #expect(!text.contains("abcdef"))
    #expect(walk.press(.escape) == .leave(.left(after: nil), forgetting: nil))
  }

  @Test func `a field that is named is edited at once, checked, and noted`() throws {
    let walk = Walk.replacing(
      Samples.tailscale, .edit(Samples.organization), account: "u1", known: Self.values)
    #expect(walk.focused?.id == Samples.organization)
    walk.press(.control("u"))
    walk.type("example.com")
    walk.press(.enter)
    #expect(walk.page.actions.map(\.label) == ["Check and store"])
    #expect(walk.press(.enter) == .check(fields: [Samples.organization, Samples.apiKey]))
    walk.send(.checked(Walk.accepted(by: "u1"), Samples.now))
    let saved = try #require(walk.saved)
    #expect(saved.history.map(\.kind) == [.edited])
    #expect(saved.history.map(\.detail) == ["params.organization"])
    walk.send(.stored(saved))
    #expect(walk.title == "tailscale-api-key/default is changed")
  }

  @Test func `where a setting alone has changed the key is the same, and is not to be revoked`() {
    let walk = Walk.replacing(
      Samples.tailscale, .edit(Samples.organization), account: "u1", known: Self.values,
      revocation: .request)
    walk.press(.control("u"))
    walk.type("example.com")
    walk.press(.enter, .enter)
    walk.send(.checked(Walk.accepted(by: "u1"), Samples.now))
    if let saved = walk.saved { walk.send(.stored(saved, leavesOldKey: true)) }
    #expect(walk.page.actions.isEmpty)
  }

  @Test func `what is typed or pasted over a hidden value takes its place`() throws {
    let walk = editing(Samples.tally)
    walk.press(.enter)
    #expect(walk.focused?.input == .masked(characters: 36, caret: 36))
    #expect(walk.canvas.lines.joined().contains("kept; type over it"))
    walk.paste("tly-new")
    #expect(walk.focused?.input == .masked(characters: 7, caret: 7))
    #expect(!walk.canvas.lines.joined().contains("kept; type over it"))
    walk.type("er")
    #expect(walk.focused?.input == .masked(characters: 9, caret: 9))
    for edit in [Key.character("x"), .backspace] {
      let other = editing(Samples.tally)
      other.press(.enter, edit)
      let left = edit == .backspace ? 0 : 1
      #expect(other.focused?.input == .masked(characters: left, caret: left))
    }
  }

  @Test func `a setting that is shown is changed where the caret stands`() {
    let walk = Walk.replacing(
      Samples.tailscale, .edit(Samples.organization), known: Self.values)
    walk.type("x")
    #expect(walk.focused?.input == .text("-x", caret: 2))
  }

  @Test(arguments: [Samples.tally, Samples.oneField])
  func `Enter on values that nobody touched leads to nothing that is asked or stored`(_ form: Form)
  {
    let walk = editing(form)
    #expect(walk.press(.enter, .enter) == .none)
    #expect(walk.title == "Review")
    #expect(walk.page.actions.map(\.label) == ["Leave it as it is"])
    #expect(walk.press(.down, .down, .enter) == .leave(.left(after: nil), forgetting: nil))
  }

  @Test func `a value that was given again as it was is no change`() {
    let walk = editing(Samples.oneField)
    walk.press(.enter)
    walk.paste(Self.oldKey)
    walk.press(.enter)
    #expect(walk.page.actions.map(\.label) == ["Leave it as it is"])
  }

  @Test func `the review says what is another than before`() {
    let walk = Walk.replacing(
      Samples.tailscale, .edit(Samples.organization), known: Self.values)
    walk.press(.control("u"))
    walk.type("example.com")
    walk.press(.enter)
    let changed = walk.canvas.lines.filter { $0.contains("changed") }
    #expect(changed.count == 1 && changed[0].contains("Organization"))
  }

  private func editing(_ form: Form) -> Walk {
    Walk.replacing(
      form, .edit(nil), account: "jane", known: [Samples.apiKey: Self.oldKey])
  }

  // MARK: The end

  @Test func `when a key ends is asked on the review alone, and kept with it`() {
    let walk = Walk.toTheReview()
    walk.press(.up, .up)
    #expect(walk.canvas.lines.joined(separator: "\n").contains("not known · Enter says when"))
    walk.press(.enter)
    #expect(walk.title == "When does it end?")
    walk.type("soon")
    walk.press(.enter)
    #expect(walk.said.joined().contains("90d"))
    walk.press(.control("u"))
    walk.type("90d")
    walk.press(.enter)
    #expect(walk.title == "Review")
    walk.press(.enter)
    walk.send(.checked(Walk.acceptedWithoutEnd, Samples.now))
    let left = (walk.saved?.chosenEnd?.secondsSinceEpoch ?? 0) - Samples.now.secondsSinceEpoch
    #expect((90 * 86_400..<90 * 86_400 + 60).contains(left))
  }

  @Test func `back out of that question changes nothing`() {
    let walk = Walk.toTheReview()
    walk.press(.up, .up, .enter)
    walk.type("90d")
    walk.press(.escape)
    #expect(walk.title == "Review")
    #expect(walk.canvas.lines.joined().contains("not known"))
  }

  @Test func `a pasted key is not shown as a date`() {
    let walk = Walk.toTheReview()
    walk.press(.up, .up, .enter)
    walk.paste(Samples.tallyKey)
    #expect(walk.said.joined().contains("looks like a secret"))
    #expect(!walk.canvas.lines.joined().contains("abcdef"))
  }

  @Test func `a provider that tells the end itself is not asked about`() {
    var form = Samples.tally
    var answer = UsherExtension.Answer(means: .accepted)
    answer.read = [UsherExtension.FactPath(fact: .expires, path: "expires")]
    form.provider.usher.check[0].answers = [answer]
    let walk = Walk.through(form)
    walk.press(.enter, .enter)
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    #expect(!walk.canvas.lines.joined().contains("Ends"))
  }

  @Test func `an end alone is stored without asking anybody, and the old end goes on with an edit`()
    throws
  {
    let walk = Walk.replacing(
      Samples.tally, .edit(nil), account: "jane", known: [Samples.apiKey: Samples.tallyKey])
    walk.press(.down, .enter)
    walk.type("2027-03-01")
    walk.press(.enter)
    #expect(walk.page.actions.map(\.label) == ["Store"])
    guard case .save = walk.press(.enter) else {
      Issue.record("not saved: \(walk.title)")
      return
    }
    let saved = try #require(walk.saved)
    #expect(saved.chosenEnd?.day == "2027-03-01")
    #expect(saved.diagnosis?.account == "jane")
    #expect(walk.keptToken)
    walk.send(.stored(saved, leavesOldKey: true))
    let text = walk.canvas.lines.joined(separator: "\n")
    #expect(text.contains("The end is changed."))
    #expect(!text.contains("accepts"))
  }
}
