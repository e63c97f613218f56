internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// Getting a token with credentials that are kept: by the mode's own way, whatever the entry declares as its check.
struct CredentialTokenSession: ~Copyable {
  private enum Stage {
    /// The next token for a refresh token.
    case renewal(TokenRenewal)
    /// All that it takes to get one anew.
    case exchange(any CheckStrategy)
    /// One that is signed here.
    case signature
    case got(expires: Timestamp?)
    case over(Diagnosis)
  }

  private var context: CheckContext
  private var stage: Stage
  private var host: String?

  /// - Parameters:
  ///   - known: what was got before. Where the entry has a renewal and a refresh token is known, that is tried first;
  ///     an assertion is used again until a minute before its end.
  ///   - replay: when it happens and what chance gives it; left out for a token that is wanted now.
  init(
    _ submission: consuming Submission, known: consuming TokenSet?, at replay: ReplayContext? = nil
  ) {
    let provider = submission.provider
    var sources = TemplateContext(of: submission, sentAt: replay)
    var renewal: TokenRenewal?
    if let known = known.take() {
      known.restore(in: &sources)
      if known.values.contains(TokenSet.refreshTokenName) {
        renewal = TokenRenewal(TokenRules(provider))
      }
      if renewal == nil { TokenSet.withdraw(from: &sources) }
    }
    context = CheckContext(sources)
    stage = renewal.map { .renewal($0) } ?? Self.firstStage(provider)
  }

  private static func firstStage(_ provider: Provider) -> Stage {
    switch TokenOrigin(provider) {
    case .fetched:
      let procedure = provider.authMode.requestRules.tokenProcedure(for: provider)
      return .exchange(procedure ?? NoCheck(reason: .noneKnown))
    case .made: return .signature
    case .none:
      var diagnosis = StatusDiagnosis(provider).diagnosis(.uncheckable)
      diagnosis.sentence =
        "\(provider.displayName) has no access token: requests carry what was entered."
      diagnosis.nextStep = ""
      return .over(diagnosis)
    }
  }

  /// The next request, or the end.
  mutating func next() -> SessionAction<TokenOutcome> {
    while true {
      do throws(RequestError) {
        switch stage {
        case .renewal(let renewal):
          // What cannot be built is as good as refused.
          if let request = try? renewal.request(context) { return send(request) }
          beginAnew()
        case .exchange(var procedure):
          let request = try procedure.next(&context)
          stage = .exchange(procedure)
          if let request { return send(request) }
          stage = .over(procedure.conclusion(context))
        case .signature: stage = .got(expires: try context.builder.makeToken(in: &context.sources))
        case .got(let expires):
          stage = .over(context.general.diagnosis(.uncheckable))
          return .done(.token(TokenSet(keeping: context.sources, expires: expires)))
        case .over(let diagnosis): return .done(.refused(diagnosis))
        }
      } catch {
        refuse(Diagnosis(of: error, for: context.provider))
      }
    }
  }

  private mutating func send(_ request: consuming PreparedRequest) -> SessionAction<TokenOutcome> {
    host = request.origin.description
    return .send(request)
  }

  /// Takes the answer to the request that `next` gave last.
  mutating func receive(_ answer: borrowing CheckAnswer) {
    let diagnosis: Diagnosis
    switch stage {
    case .renewal(let renewal):
      switch renewal.receive(answer, &context) {
      case .renewed(let accepted): diagnosis = accepted
      case .failed(let failure): diagnosis = failure
      case .refused: return beginAnew()
      }
    case .exchange(var procedure):
      let found = procedure.receive(answer, &context)
      stage = .exchange(procedure)
      guard let found else { return }
      diagnosis = found
    case .signature, .got, .over: return
    }
    if diagnosis.isAccepted {
      stage = .got(expires: diagnosis.tokenExpires)
    } else {
      refuse(diagnosis, wait: RetryTime(answer, now: context.sources.now)?.seconds)
    }
  }

  /// The request could not be sent, or its answer could not be read.
  mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    switch stage {
    case .renewal, .exchange: refuse(context.unreachable(cause, host: host, detail: detail))
    case .signature, .got, .over: return
    }
  }

  /// The credentials themselves are there still.
  private mutating func beginAnew() {
    TokenSet.withdraw(from: &context.sources)
    stage = Self.firstStage(context.provider)
  }

  private mutating func refuse(_ diagnosis: Diagnosis, wait: Int64? = nil) {
    var diagnosis = diagnosis
    diagnosis.host = diagnosis.host ?? host
    if diagnosis.kind == .busy { diagnosis.wait = wait }
    stage = .over(diagnosis)
  }
}
