internal import Basics
internal import ProviderFormat
internal import Secrets

/// Takes the steps to a token one after the other. What they come to is in `grant`.
struct GrantSession: ~Copyable {
  /// What it wants next.
  enum Action: ~Copyable {
    case send(PreparedRequest)
    /// All steps have been taken.
    case finished
    case refused(Diagnosis)
  }

  private(set) var context: CheckContext
  var grant = Grant()
  /// Whether the server says that it does not know the client: one that registered itself can do so again.
  private(set) var isClientUnknown = false
  private let steps: [GrantStep]
  private let stage: GrantRefusal.Stage
  private var index = 0
  private var isWaiting = false
  private var host: String?
  private var failure: Diagnosis?

  init(_ context: consuming CheckContext, _ steps: [GrantStep], _ stage: GrantRefusal.Stage) {
    self.context = context
    self.steps = steps
    self.stage = stage
  }

  mutating func next() -> Action {
    if let failure { return .refused(failure) }
    while index < steps.count {
      let step = steps[index]
      guard isPossible(step) else {
        index += 1
        continue
      }
      do throws(RequestError) {
        let request = try step.call.build(in: &context)
        host = request.origin.description
        isWaiting = true
        return .send(request)
      } catch {
        let diagnosis = Diagnosis(of: error, for: context.provider)
        failure = diagnosis
        return .refused(diagnosis)
      }
    }
    return .finished
  }

  mutating func receive(_ answer: borrowing CheckAnswer) {
    guard failure == nil, isWaiting, index < steps.count else { return }
    isWaiting = false
    let step = steps[index]
    index += 1
    let reader = GrantReader(answer, step.rules, now: context.sources.now)
    if answer.isSuccess, reader.isMarkedGood(), take(reader, answer, of: step) {
      context.sources.derive(by: context.provider.usher.derivations, from: answer)
      return
    }
    let refusal = GrantRefusal(context, stage)
    isClientUnknown = isClientUnknown || GrantRefusal.saysClientIsUnknown(answer)
    bear(refusal.diagnosis(of: answer, from: context.sources), of: step)
  }

  mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    guard failure == nil, isWaiting, index < steps.count else { return }
    isWaiting = false
    index += 1
    bear(
      context.unreachable(cause, host: host, detail: detail, isCheck: false), of: steps[index - 1])
  }

  /// Hands out what was given; what is left has nothing.
  mutating func takeGrant() -> Grant {
    var taken = Grant()
    swap(&taken, &grant)
    return taken
  }

  /// Whether all is there that a step cannot do without.
  private mutating func isPossible(_ step: GrantStep) -> Bool {
    if step.needs.contains(.tenant) { SecondToken.findTenant(in: &context.sources) }
    if let setting = step.needsSetting {
      let id = Field.ID(.connectionConfig, setting)
      if context.sources.values.withBytes(of: id, { $0.isEmpty }) { return false }
    }
    return step.needs.allSatisfy {
      context.sources.fetched.contains($0.rawValue) || context.sources.request[$0.rawValue] != nil
    }
  }

  /// Goes on without what a step was to give, where that is possible.
  private mutating func bear(_ diagnosis: Diagnosis, of step: GrantStep) {
    switch step.role {
    case .user(isNeeded: false): return
    case .second:
      grant.shortfall = diagnosis
      return
    case .replacement(keepsFor: let seconds?):
      grant.expires = Timestamp(secondsSinceEpoch: context.sources.now.secondsSinceEpoch + seconds)
      return
    case .main, .signing, .replacement, .user: break
    }
    var diagnosis = diagnosis
    diagnosis.host = diagnosis.host ?? host
    failure = diagnosis
  }

  /// Takes what an answer gives; false when there is no token in it.
  private mutating func take(
    _ reader: borrowing GrantReader, _ answer: borrowing CheckAnswer, of step: GrantStep
  ) -> Bool {
    switch step.role {
    case .main:
      guard takeMain(reader, of: step.rules) else { return false }
      grant.scopes = reader.scopes(in: answer)
      grant.account = AccountClaims.account(in: reader, from: context.sources)
      keepNamedMembers(of: reader)
    case .replacement:
      guard let token = reader.token() else { return false }
      context.sources.fetched.set(.currentToken, to: token.token.duplicate())
      grant.values.set(TokenSet.accessTokenName, to: token.token.duplicate())
      grant.expires = token.expires
      keepNamedMembers(of: reader)
    case .user:
      guard let token = reader.userToken() else { return false }
      takeUser(token)
    case .second:
      guard let token = reader.token() else { return false }
      grant.values.set(TokenSet.secondTokenName, to: token.token.duplicate())
      grant.end(by: token.expires)
    case .signing:
      for name in ["oauth_token", "oauth_token_secret"] {
        guard let value = reader.text(at: name) else { return false }
        grant.credentials.set(name, to: value)
      }
    }
    for path in step.settings {
      if let value = reader.text(at: path) { grant.settings.set(path, to: value) }
    }
    return true
  }

  private mutating func takeMain(
    _ reader: borrowing GrantReader, of rules: GrantRules
  ) -> Bool {
    if rules.keepsToken {
      guard let known = context.sources.fetched.duplicate(of: FlowValue.currentToken.rawValue)
      else { return false }
      grant.values.set(TokenSet.accessTokenName, to: known)
      grant.end(by: reader.usualEnd())
      return true
    }
    guard let token = reader.token() else { return false }
    context.sources.fetched.set(.currentToken, to: token.token.duplicate())
    grant.values.set(TokenSet.accessTokenName, to: token.token.duplicate())
    grant.end(by: token.expires)
    if !rules.keepsRefreshToken {
      takeRefreshToken(of: token, as: .refreshToken)
      // What follows goes on with the new one.
      if let refresh = grant.values.duplicate(of: FlowValue.refreshToken.rawValue) {
        context.sources.fetched.set(.refreshToken, to: refresh)
      }
    }
    // Beside it there may be the person's own.
    if reader.ownToken().isThere, let other = reader.alternateToken() { takeUser(other) }
    return true
  }

  private mutating func takeUser(_ token: borrowing GrantReader.Token) {
    grant.values.set(TokenSet.userTokenName, to: token.token.duplicate())
    grant.end(by: token.expires)
    takeRefreshToken(of: token, as: .userRefreshToken)
  }

  private mutating func takeRefreshToken(
    of token: borrowing GrantReader.Token, as value: FlowValue
  ) {
    switch token.refreshToken {
    case .some(let refresh): grant.values.set(value, to: refresh.duplicate())
    case nil: break
    }
  }

  /// The members of an answer that templates of the entry name.
  private mutating func keepNamedMembers(of reader: borrowing GrantReader) {
    let prefix = TokenResponseRules.rawPrefix
    for template in context.provider.templates where template.text.contains(prefix) {
      for name in Template(template.text).names where name.hasPrefix(prefix) {
        guard let value = reader.text(at: String(name.dropFirst(prefix.count))) else { continue }
        grant.values.set(name, to: value)
      }
    }
  }
}
