import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets

/// An exchange in a class, because `#expect` cannot take a noncopyable one.
final class ExchangeUnderTest {
  private var session: CodeExchange
  private(set) var diagnosis: Diagnosis?
  /// What is told of an account that was linked.
  private(set) var told: Diagnosis?

  init(_ session: consuming CodeExchange) { self.session = session }

  /// The request; or `linked`, with all that was given, by name; or `refused`.
  func next() -> String {
    switch session.next() {
    case .send(let request): return request.fixtureText
    case .done(.refused(let diagnosis)):
      self.diagnosis = diagnosis
      return "refused: \(diagnosis.kind.rawValue)"
    case .done(.linked(let account)):
      told = account.diagnosis
      return Self.text(account)
    }
  }

  func answer(
    _ body: String, status: Int = 200, headers: [(name: String, value: String)] = []
  ) {
    session.receive(CheckAnswer(fixture: body, status: status, headers: headers))
  }

  func fail(_ cause: Diagnosis.Cause) { session.fail(cause, detail: nil) }

  /// Sends, and answers: what it comes to.
  func outcome(_ bodies: String..., status: Int = 200) -> String {
    for body in bodies {
      _ = next()
      answer(body, status: status)
    }
    return next()
  }

  var isClientUnknown: Bool { session.isClientUnknown }

  private static func text(_ account: borrowing LinkedAccount) -> String {
    var parts = ["linked"]
    switch account.token {
    case .some(let token): parts += TokenText.parts(token)
    case nil: break
    }
    for name in account.credentials.keys {
      parts.append(
        "credentials.\(name)=\(account.credentials.withBytes(of: name) { $0.shownText })")
    }
    for name in account.settings.keys where name != "oauth_scopes" {
      parts.append("params.\(name)=\(account.settings.withBytes(of: name) { $0.shownText })")
    }
    if !account.scopes.isEmpty { parts.append("scopes=\(account.scopes.joined(by: "+"))") }
    return parts.joined(separator: " ")
  }
}

/// A set of tokens as words.
enum TokenText {
  /// What it holds, by name, and in how many seconds it ends.
  static func parts(_ token: borrowing TokenSet) -> [String] {
    var parts: [String] = []
    for name in token.values.keys.sorted() where name != TokenSet.scopesName {
      parts.append("\(name)=\(token.values.withBytes(of: name) { $0.shownText })")
    }
    if let end = token.expires {
      parts.append("ends=\(end.secondsSinceEpoch - token.obtained.secondsSinceEpoch)")
    }
    return parts
  }
}

/// A renewal in a class.
final class RenewalUnderTest {
  private var session: Renewal
  private(set) var diagnosis: Diagnosis?

  /// - Parameters:
  ///   - known: what there is, by name; nil for no tokens.
  ///   - age: in seconds.
  ///   - life: in seconds, from when they were got; nil where their end is not known.
  init(
    _ entry: String, _ values: KeyValuePairs<String, String> = [:], slug: String = "acme",
    known: KeyValuePairs<String, String>?, age: Int64 = 3600, life: Int64? = 3600
  ) {
    var all = SecretValues(fixture: FlowUnderTest.client)
    for (name, value) in values {
      if let id = Field.ID(name) { all.set(id, to: SecretBuffer(fixture: value)) }
    }
    var token: TokenSet?
    if let known {
      var map = SecretMap<String>()
      for (name, value) in known { map.set(name, to: SecretBuffer(fixture: value)) }
      let obtained = Timestamp(secondsSinceEpoch: FlowUnderTest.now - age)
      token = .some(
        TokenSet(
          values: map, obtained: obtained,
          expires: life.map { Timestamp(secondsSinceEpoch: obtained.secondsSinceEpoch + $0) },
          type: "Bearer"))
    }
    session = Renewal(
      Submission(provider: Fixture.provider(entry, slug: slug), values: all), known: token,
      at: ReplayContext(now: Timestamp(secondsSinceEpoch: FlowUnderTest.now)))
  }

  /// The request; or `renewed`, with all that there is now; or `refused`.
  func next() -> String {
    switch session.next() {
    case .send(let request): return request.fixtureText
    case .done(.refused(let diagnosis)):
      self.diagnosis = diagnosis
      return "refused: \(diagnosis.kind.rawValue)"
    case .done(.token(let token)):
      return (["renewed"] + TokenText.parts(token)).joined(separator: " ")
    }
  }

  func answer(_ body: String, status: Int = 200) {
    session.receive(CheckAnswer(fixture: body, status: status))
  }

  func fail(_ cause: Diagnosis.Cause) { session.fail(cause, detail: nil) }

  func outcome(_ bodies: String..., status: Int = 200) -> String {
    for body in bodies {
      _ = next()
      answer(body, status: status)
    }
    return next()
  }
}
