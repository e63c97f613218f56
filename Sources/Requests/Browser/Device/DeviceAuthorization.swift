package import Basics
internal import Drafts
package import ProviderFormat
internal import Secrets

/// Links an account by a code that a person types on another device (RFC 8628). A state machine like `CheckSession`: it
/// does no input or output itself, and waits for nobody.
package struct DeviceAuthorization: ~Copyable {
  private enum Phase: Equatable {
    case begin, hasAsked, mayShow, mustWait, mayPoll, hasPolled, over
  }

  private var context: CheckContext
  private let rules: DeviceRules?
  private let clock: @Sendable () -> Timestamp
  private var account: LinkedAccountBuilder
  private var phase = Phase.begin
  private var code: DeviceCode?
  private var expires: Timestamp
  private var interval: Int64 = 5
  private var host: String?
  private var grant: Grant?
  private var failure: Diagnosis?

  /// In seconds, by which a server that is asked too often wants each pause to be longer, for good.
  private static let step: Int64 = 5
  /// In seconds: what a server may say of pauses and of how long a code lives.
  private static let pauses: ClosedRange<Int64> = 1...300
  private static let lives: ClosedRange<Int64> = 1...86_400
  /// In seconds: how long a code lives of which nothing is said.
  private static let usualLife: Int64 = 600

  /// - Parameters:
  ///   - replay: what chance gives it, and when it begins.
  ///   - clock: tells the time from then on.
  package init(
    _ flow: borrowing AuthorizationFlow, at replay: ReplayContext = ReplayContext(),
    clock: @escaping @Sendable () -> Timestamp = Timestamp.now
  ) {
    let sources = flow.sources(adding: SecretMap(), at: replay)
    expires = sources.now
    context = CheckContext(sources)
    rules = DeviceRules(
      flow.provider, client: TokenProcedure.Client(flow.submission.values), server: flow.server)
    account = LinkedAccountBuilder(flow, flow.procedure, found: SecretMap())
    self.clock = clock
  }

  /// Whether an entry, or the server that was found out about, knows this way.
  package static func isKnown(_ provider: Provider, server: AuthorizationServer? = nil) -> Bool {
    provider.usher.device != nil || server?.deviceEndpoint != nil
  }

  /// The next request, pause or code, or the end.
  package mutating func next() -> DeviceAction {
    if let failure { return .done(.refused(failure)) }
    guard let rules else { return .done(.refused(.impossible(context.provider))) }
    switch phase {
    case .begin:
      phase = .hasAsked
      return send(rules.code)
    case .mayShow:
      phase = .mustWait
      if let code = code.take() { return .show(code) }
      return next()
    case .mustWait:
      if expires <= clock() { return finish(Self.expired(context.general.name)) }
      phase = .mayPoll
      return .wait(seconds: interval)
    case .mayPoll:
      phase = .hasPolled
      return send(rules.poll)
    case .hasAsked, .hasPolled, .over:
      guard let grant = grant.take() else {
        return finish(context.general.diagnosis(.unclear))
      }
      phase = .over
      return .done(.linked(account.build(grant, at: clock())))
    }
  }

  /// Takes the answer to the request that `next` gave last.
  package mutating func receive(_ answer: borrowing CheckAnswer) {
    guard failure == nil else { return }
    switch phase {
    case .hasAsked: takeCode(answer)
    case .hasPolled: takeToken(answer)
    case .begin, .mayShow, .mustWait, .mayPoll, .over: return
    }
  }

  /// The request could not be sent, or its answer could not be read. While somebody may still agree it is asked again,
  /// less often (section 3.5).
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    guard failure == nil else { return }
    guard phase == .hasPolled, expires > clock() else {
      failure = context.unreachable(cause, host: host, detail: detail, isCheck: false)
      return
    }
    interval = min(interval * 2, Self.pauses.upperBound)
    phase = .mustWait
  }

  // MARK: Answers

  private mutating func takeCode(_ answer: borrowing CheckAnswer) {
    let read = TokenAnswer(answer)
    let names = ["verification_uri", "verification_url"]
    let address = names.compactMap { name in
      read.text(at: name)?.withBytes { PrintableText.oneLine($0.copied(), atMost: 500) }
    }.first
    guard answer.isSuccess, let device = read.text(at: "device_code"),
      let user = read.text(at: "user_code"), let address
    else {
      failure = GrantRefusal(context, .device).diagnosis(of: answer, from: context.sources)
      return
    }
    context.sources.fetched.set(.deviceCode, to: device)
    interval = number(read, "interval", Self.pauses) ?? interval
    let life = number(read, "expires_in", Self.lives) ?? Self.usualLife
    expires = Timestamp(secondsSinceEpoch: clock().secondsSinceEpoch + life)
    code = DeviceCode(
      userCode: user, address: address, completeAddress: read.text(at: "verification_uri_complete"),
      expires: expires)
    phase = .mayShow
  }

  private mutating func takeToken(_ answer: borrowing CheckAnswer) {
    let rules = GrantRules().declared(by: context.provider)
    let reader = GrantReader(answer, rules, now: clock())
    if answer.isSuccess, let token = reader.token() {
      var grant = Grant()
      grant.values.set(TokenSet.accessTokenName, to: token.token.duplicate())
      grant.expires = token.expires
      switch token.refreshToken {
      case .some(let refresh): grant.values.set(.refreshToken, to: refresh.duplicate())
      case nil: break
      }
      grant.scopes = reader.scopes(in: answer)
      grant.account = AccountClaims.account(in: reader, from: context.sources)
      for path in AuthorizationRules(context.provider).foundInToken {
        if let value = reader.text(at: path) { grant.settings.set(path, to: value) }
      }
      self.grant = .some(grant)
      return
    }
    // Also in an answer that is a success by its status.
    switch AnswerPath("error").text(in: answer)?.withBytes({ $0.shownText }) {
    case "authorization_pending": phase = .mustWait
    case "slow_down":
      interval = min(interval + Self.step, Self.pauses.upperBound)
      phase = .mustWait
    case "expired_token": failure = Self.expired(context.general.name)
    default:
      if answer.status == 429 || answer.status >= 500 {
        interval = min(interval + Self.step, Self.pauses.upperBound)
        phase = .mustWait
      } else {
        failure = GrantRefusal(context, .device).diagnosis(of: answer, from: context.sources)
      }
    }
  }

  /// A number, which may be written as a text, within bounds.
  private func number(
    _ read: borrowing TokenAnswer, _ path: String, _ bounds: ClosedRange<Int64>
  ) -> Int64? {
    let text = read.text(at: path)?.withBytes { $0.shownText } ?? ""
    guard let number = Double(text), number.isFinite, number > 0 else { return nil }
    return Int64(
      min(max(number.rounded(.up), Double(bounds.lowerBound)), Double(bounds.upperBound)))
  }

  private mutating func send(_ call: TokenCall) -> DeviceAction {
    do throws(RequestError) {
      let request = try call.build(in: &context)
      host = request.origin.description
      return .send(request)
    } catch {
      return finish(Diagnosis(of: error, for: context.provider))
    }
  }

  private mutating func finish(_ diagnosis: Diagnosis) -> DeviceAction {
    failure = diagnosis
    return .done(.refused(diagnosis))
  }

  private static func expired(_ name: String) -> Diagnosis {
    Diagnosis(
      kind: .refused, sentence: "Nobody agreed at \(name) before the code ended.",
      nextStep: "Link the account again, and type the new code within its time.")
  }
}
