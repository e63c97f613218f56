import Basics
import Connections
import Requests
import Testing

/// What needs somebody's hand, by what is kept. All times are in days from now.
@Suite("how a connection is")
struct ConnectionStatusTests {
  private static let day: Int64 = 86_400
  private static let now = Timestamp(secondsSinceEpoch: 1_900_000_000)
  private static let refusal = Diagnosis(kind: .refused, sentence: "It said no.")

  private static func moment(_ days: Int64) -> Timestamp {
    Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + days * day)
  }

  private static let entry = ConnectionIndexEntry(
    name: ConnectionName(provider: "hub")!, version: 1, created: moment(-400),
    changed: moment(-400))

  private static func summary(
    _ kind: Diagnosis.Kind?, checked: Int64 = -10, expires: Int64? = nil
  ) -> ConnectionSummary {
    var summary = ConnectionSummary(entry: entry)
    guard let kind else { return summary }
    summary.checked = moment(checked)
    summary.finding = ConnectionSummary.Finding(kind: kind)
    summary.finding?.expires = expires.map(moment)
    return summary
  }

  private static func token(
    _ means: TokenFacts.Means, obtained: Int64? = -5, expires: Int64? = 1, failed: Int64? = nil,
    _ diagnosis: Diagnosis = refusal
  ) -> TokenFacts {
    TokenFacts(
      obtained: obtained.map(moment), expires: expires.map(moment), means: means,
      failure: failed.map { StoredToken.Failure(time: moment($0), diagnosis: diagnosis) })
  }

  private static func status(
    _ summary: ConnectionSummary, _ token: TokenFacts? = nil, soon: Int64 = 14
  ) -> ConnectionStatus {
    ConnectionStatus(summary, token: token, soon: soon * day, at: now)
  }

  // MARK: Keys

  @Test(arguments: [nil, -400, 3, 30] as [Int64?])
  func `an end that was chosen counts where the provider says none that is earlier`(told: Int64?) {
    for chosen in [-1, 9, 90] as [Int64] {
      var given = Self.summary(.accepted, expires: told)
      given.chosenEnd = Self.moment(chosen)
      let expected = Self.status(Self.summary(.accepted, expires: min(told ?? chosen, chosen)))
      #expect(Self.status(given).state == expected.state)
      #expect(given.hasChosenEnd == (chosen < told ?? .max))
    }
    // An account that is renewed without anybody has no end.
    var linked = Self.summary(.accepted)
    linked.chosenEnd = Self.moment(-1)
    #expect(Self.status(linked, Self.token(.consent)).state == .renewsItself)
  }

  @Test func `an end that could not be read gives way to the one that was chosen`() {
    var given = Self.summary(.accepted)
    given.finding?.unreadExpiry = "soon"
    given.chosenEnd = Self.moment(9)
    #expect(Self.status(given).state == .expiring(Self.moment(9)))
  }

  @Test(arguments: [
    (summary(.accepted), ConnectionStatus.State.good(until: nil), false),
    (summary(.accepted, expires: 15), .good(until: moment(15)), false),
    (summary(.accepted, expires: 14), .expiring(moment(14)), true),
    (summary(.accepted, expires: 0), .ended(moment(0)), true),
    (summary(.accepted, expires: -3), .ended(moment(-3)), true),
    (summary(nil), .notChecked, false),
    (summary(.uncheckable), .notChecked, false),
    (summary(.refused), .refused(moment(-10), .refused), true),
    (summary(.wrongKind), .refused(moment(-10), .wrongKind), true),
    (summary(.wrongTenant), .refused(moment(-10), .wrongTenant), true),
    (summary(.lacksRight), .refused(moment(-10), .lacksRight), true),
    (summary(.unclear), .notChecked, false),
    // That it has ended is why it was refused.
    (summary(.refused, expires: -11), .ended(moment(-11)), true),
  ])
  func `a key is what its last check said, until its end`(
    _ summary: ConnectionSummary, _ state: ConnectionStatus.State, _ needsHand: Bool
  ) {
    let status = Self.status(summary)
    #expect(status.state == state)
    #expect(status.needsHand == needsHand)
    #expect((status.step == .linkAgain) == needsHand)
  }

  @Test func `what was never checked can be, where a check is known`() {
    #expect(Self.status(Self.summary(nil)).step == .check)
    #expect(Self.status(Self.summary(.uncheckable)).step == nil)
  }

  @Test func `how near an end is told is asked`() {
    let summary = Self.summary(.accepted, expires: 40)
    #expect(!Self.status(summary, soon: 39).needsHand)
    #expect(Self.status(summary, soon: 40).needsHand)
    // As near as it is told to be: in whole days.
    var later = summary
    later.finding?.expires = Timestamp(
      secondsSinceEpoch: Self.moment(40).secondsSinceEpoch + Self.day / 3)
    #expect(Self.status(later, soon: 40).needsHand)
    // An end beyond every calendar is not near.
    var endless = summary
    endless.finding?.expires = Timestamp(secondsSinceEpoch: .max)
    let early = Timestamp(secondsSinceEpoch: -1_000)
    #expect(!ConnectionStatus(endless, token: nil, soon: .max, at: early).needsHand)
  }

  // MARK: Tokens of credentials that are kept

  @Test func `a token that credentials get again ends without anybody's notice`() {
    for expires: Int64 in [-1, 1] {
      let status = Self.status(
        Self.summary(.accepted), Self.token(.credentials, expires: expires))
      #expect(status.state == .good(until: nil))
    }
    let end = Self.status(Self.summary(.accepted, expires: 3), Self.token(.credentials))
    #expect(end.state == .expiring(Self.moment(3)))
  }

  @Test func `of a refused check and a token the later one counts`() {
    let refused = Self.summary(.refused, checked: -10)
    #expect(Self.status(refused, Self.token(.credentials, obtained: -5)).state == .good(until: nil))
    #expect(Self.status(refused, Self.token(.credentials, obtained: -11)).needsHand)
    // A right that is missing no token gives.
    let lacking = Self.summary(.lacksRight, checked: -10)
    #expect(Self.status(lacking, Self.token(.credentials, obtained: -5)).needsHand)
  }

  @Test func `of a failed fetch and a good check the later one counts`() {
    let good = Self.summary(.accepted, checked: -10)
    let later = Self.status(good, Self.token(.credentials, failed: -9))
    #expect(later.state == .refused(Self.moment(-9), .refused))
    #expect(!Self.status(good, Self.token(.credentials, failed: -11)).needsHand)
    // That nobody could be asked is no refusal.
    let busy = Diagnosis(kind: .busy, sentence: "It is busy.")
    #expect(!Self.status(good, Self.token(.credentials, failed: -1, busy)).needsHand)
  }

  // MARK: Tokens of a person's consent

  @Test func `what renews itself has no end that matters`() {
    for expires: Int64 in [-20, 1, 20] {
      let status = Self.status(Self.summary(nil), Self.token(.consent, expires: expires))
      #expect(status.state == .renewsItself)
      #expect(status.step == nil)
    }
    // A check says the end of the token that it was made with.
    let checked = Self.status(Self.summary(.accepted, expires: -1), Self.token(.consent))
    #expect(checked.state == .renewsItself)
  }

  @Test func `a renewal that was refused counts until another one succeeds`() {
    let status = Self.status(Self.summary(.accepted, checked: -1), Self.token(.consent, failed: -2))
    #expect(status.state == .refused(Self.moment(-2), .refused))
    #expect(status.step == .linkAgain)
  }

  @Test func `what nobody renews ends with its token`() {
    let soon = Self.status(Self.summary(nil), Self.token(.person, expires: 2))
    #expect(soon.state == .expiring(Self.moment(2)))
    #expect(soon.step == .linkAgain)
    let over = Self.status(Self.summary(.accepted), Self.token(.person, expires: -2))
    #expect(over.state == .ended(Self.moment(-2)))
    // The provider gave it, and no end of it is known.
    let endless = Self.status(Self.summary(nil), Self.token(.person, expires: nil))
    #expect(endless.state == .good(until: nil))
  }

  @Test func `what renews itself while it lives is used in time, or needs a person`() {
    let means = TokenFacts.Means.itself(buffer: 7 * Self.day)
    #expect(Self.status(Self.summary(nil), Self.token(means, expires: 8)).state == .renewsItself)
    let near = Self.status(Self.summary(nil), Self.token(means, expires: 7))
    #expect(near.state == .expiring(Self.moment(7)))
    #expect(near.step == .check)
    let narrow = Self.status(Self.summary(nil), Self.token(means, expires: 7), soon: 6)
    #expect(narrow.state == .renewsItself)
    let over = Self.status(Self.summary(nil), Self.token(means, expires: -1))
    #expect(over.step == .linkAgain)
  }

  // MARK: What a store could not tell

  @Test func `what is sealed says nothing, and what cannot be read needs a hand`() {
    let error = StoreError.damaged(Self.entry.name, why: "it is cut")
    func status(
      _ content: ListedConnection.Content, _ token: Result<TokenFacts, StoreError>? = nil
    ) -> ConnectionStatus {
      ConnectionStatus(
        ListedConnection(entry: Self.entry, content: content), token: token, soon: 0, at: Self.now)
    }
    #expect(status(.sealed).state == .sealed)
    #expect(!status(.sealed).needsHand)
    let both = [
      status(.unreadable(error)), status(.summary(Self.summary(.accepted)), .failure(error)),
    ]
    for status in both {
      #expect(status.state == .unreadable(error))
      #expect(status.needsHand)
      #expect(status.step == .examine)
    }
    let token = Self.token(.consent)
    #expect(status(.summary(Self.summary(nil)), .success(token)).state == .renewsItself)
    #expect(status(.summary(Self.summary(nil))).state == .notChecked)
  }

  @Test func `what needs a hand comes first, and the earlier before the later`() {
    let all = [
      Self.status(Self.summary(.refused)),
      Self.status(Self.summary(.accepted, expires: -3)),
      Self.status(Self.summary(.accepted, expires: -2)),
      Self.status(Self.summary(.accepted, expires: 1)),
      Self.status(Self.summary(.accepted, expires: 2)),
      Self.status(Self.summary(nil)),
      Self.status(Self.summary(.accepted, expires: 30)),
      Self.status(Self.summary(.accepted)),
      Self.status(Self.summary(nil), Self.token(.consent)),
    ]
    #expect(all.reversed().sorted(by: ConnectionStatus.isBefore) == all)
  }
}
