internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// Takes values back at their provider, as a state machine like `CheckSession`: it does no input or output itself.
///
/// A request that the entry declares is made as those of its check are. The check itself is played before it where the
/// request names what only an answer tells, and behind it where the answer leaves open whether the key is good. The tokens
/// of an account go one by one (RFC 7009), after the server was asked where, if that is not known.
package struct RevocationSession: ~Copyable {
  enum Phase {
    /// The check is asked for what the request names.
    case finding
    /// The server is asked where it takes tokens back.
    case locating
    case asking
    /// The check is asked whether the key is good after all.
    /// - Parameters: what the request was answered, and what that comes to by itself.
    case confirming(status: Int, RevocationOutcome)
  }

  /// One request that takes something back.
  enum Call {
    case declared(UsherExtension.CheckStep)
    case token(RevokedToken, TokenCall)
  }

  let order: RevocationOrder
  let refusal: RevocationRefusal
  let client: TokenProcedure.Client
  var context: CheckContext
  var check: CheckSession
  private var discovery: MCPDiscovery
  var phase: Phase
  var calls: [Call]
  var index = 0
  var isWaiting = false
  var tokens: [RevokedToken] = []
  var taken: [RevokedToken] = []
  var unsupported: [RevokedToken] = []
  var host: String?
  var result: RevocationOutcome?

  /// - Parameter replay: when it happens and what chance gives it; nil for now.
  package init(_ order: consuming RevocationOrder, at replay: ReplayContext? = nil) {
    self.init(order, at: replay, isRedacting: false)
  }

  init(_ order: consuming RevocationOrder, at replay: ReplayContext?, isRedacting: Bool) {
    let provider = order.submission.provider
    let refusal = RevocationRefusal(provider)
    let client = TokenProcedure.Client(order.submission.values)
    let server = AuthorizationServer(order.submission.values)
    let sources = Self.sources(of: order, server, at: replay)
    var (calls, phase): ([Call], Phase) = ([], .asking)
    var (tokens, result): ([RevokedToken], RevocationOutcome?) = ([], nil)
    switch RevocationProcedure(provider, known: order.token) {
    case .declared(let step):
      calls = [.declared(step)]
      if !step.missingAnswers(in: sources).isEmpty { phase = .finding }
    case .tokens(let kept, let declared):
      let revocation = TokenRevocation(provider, declared, client)
      calls = kept.map { .token($0, revocation.call(for: $0)) }
    case .discovered(let kept):
      tokens = kept
      if let revocation = server.flatMap({ TokenRevocation($0, client) }) {
        calls = kept.map { .token($0, revocation.call(for: $0)) }
      } else {
        phase = .locating
      }
    case nil: result = .failed(refusal.noWay)
    }
    check = Self.check(order, at: replay)
    discovery = MCPDiscovery(
      provider,
      of: server ?? AuthorizationServer(issuer: "", authorizationEndpoint: "", tokenEndpoint: ""))
    context = CheckContext(sources, isRedacting: isRedacting)
    self.refusal = refusal
    self.client = client
    (self.calls, self.phase) = (calls, phase)
    (self.tokens, self.result) = (tokens, result)
    self.order = order
  }

  /// The next request, or the end.
  package mutating func next() -> SessionAction<RevocationOutcome> {
    while true {
      if let result { return .done(result) }
      switch phase {
      case .finding:
        switch check.next() {
        case .send(let request): return .send(request)
        case .done(let diagnosis): finish(finding: diagnosis)
        }
      case .locating:
        switch discovery.next() {
        case .send(let request): return .send(request)
        case .done(let outcome): finish(locating: outcome)
        }
      case .asking:
        guard index < calls.count else {
          end(conclusion)
          continue
        }
        if let request = request(for: calls[index]) { return .send(request) }
      case .confirming(let status, let outcome):
        switch check.next() {
        case .send(let request): return .send(request)
        case .done(let diagnosis): finish(confirming: diagnosis, status, outcome)
        }
      }
    }
  }

  /// Takes the answer to the request that `next` gave last.
  package mutating func receive(_ answer: borrowing CheckAnswer) {
    guard result == nil else { return }
    switch phase {
    case .finding, .confirming: check.receive(answer)
    case .locating: discovery.receive(answer)
    case .asking:
      guard isWaiting, index < calls.count else { return }
      isWaiting = false
      index += 1
      switch calls[index - 1] {
      case .declared: take(answer)
      case .token(let token, _): take(answer, of: token)
      }
    }
  }

  /// The request could not be sent, or its answer could not be read.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    guard result == nil else { return }
    switch phase {
    case .finding, .confirming: check.fail(cause, detail: detail)
    case .locating: discovery.fail(cause, detail: detail)
    case .asking:
      fail(
        refusal.advising(
          context.unreachable(cause, host: host, detail: detail, isCheck: false)))
    }
  }

  // MARK: Parts

  private static func sources(
    of order: borrowing RevocationOrder, _ server: AuthorizationServer?, at replay: ReplayContext?
  ) -> TemplateContext {
    var sources = TemplateContext(of: order.submission.duplicate(), sentAt: replay)
    if let resource = server?.resource { sources.request[FlowValue.resource.rawValue] = resource }
    switch order.token {
    case .some(let token):
      token.restore(in: &sources)
      sources.setTokens(of: token)
    case nil: break
    }
    sources.derive(by: sources.provider.usher.derivations)
    return sources
  }

  static func check(
    _ order: borrowing RevocationOrder, at replay: ReplayContext?
  ) -> CheckSession {
    if order.submission.provider.authMode.needsConsent {
      return CheckSession(
        linked: order.submission.duplicate(), token: order.duplicateToken(), at: replay)
    }
    return CheckSession(order.submission.duplicate(), at: replay)
  }

  private mutating func request(for call: Call) -> PreparedRequest? {
    do throws(RequestError) {
      let request: PreparedRequest
      switch call {
      case .declared(let step):
        let builder = context.builder
        request = try builder.build(
          try builder.plan(for: step, context.sources), from: &context.sources)
      case .token(_, let call):
        request = try call.build(in: &context)
      }
      host = request.origin.description
      isWaiting = true
      return request
    } catch {
      fail(refusal.advising(Diagnosis(of: error, for: context.provider)))
      return nil
    }
  }
}

extension UsherExtension.CheckStep {
  /// What it names of what an entry derives, and what is not there yet.
  fileprivate func missingAnswers(in sources: borrowing TemplateContext) -> [String] {
    var texts = [url] + headers.map(\.template)
    switch body {
    case .json(let value): value.forEachText { text, _ in texts.append(text) }
    case .form(let map): Value.map(map).forEachText { text, _ in texts.append(text) }
    case .xml(let text): texts.append(text)
    case nil: break
    }
    return texts.flatMap { Template($0).names }.filter { name in
      name.hasPrefix("derived.") && !sources.fetched.contains(name)
    }
  }
}
