internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// Gets the temporary token of OAuth 1.0a, without which there is no address to open. A state machine like
/// `CheckSession`: it does no input or output itself.
package struct RequestTokenSession: ~Copyable {
  private var context: CheckContext
  /// Nil when it has been handed on.
  private var state: SecretBuffer?
  private var hasSent = false
  private var host: String?
  private var token: RequestToken?
  private var failure: Diagnosis?

  /// - Parameter replay: when it happens and what chance gives it: the state above all, which the provider is told
  ///   here.
  package init(
    _ flow: borrowing AuthorizationFlow, at replay: ReplayContext = ReplayContext()
  ) {
    var replay = replay
    self.init(flow, state: AuthorizationFlow.state(from: &replay.randomSource), at: replay)
  }

  init(
    _ flow: borrowing AuthorizationFlow, state: consuming SecretBuffer, at replay: ReplayContext
  ) {
    var sources = TemplateContext(of: flow.submission.duplicate(), at: replay)
    if let address = try? flow.callback.address(withState: state) {
      sources.fetched.set(.redirectURI, to: address)
    }
    context = CheckContext(sources)
    self.state = .some(state)
  }

  /// The next request, or the end.
  package mutating func next() -> SessionAction<RequestTokenOutcome> {
    if let failure { return .done(.refused(failure)) }
    if let token = token.take() { return .done(.token(token)) }
    guard !hasSent else { return .done(.refused(context.general.diagnosis(.unclear))) }
    hasSent = true
    do throws(RequestError) {
      let request = try OAuthOneSignature.temporaryCall(for: context.provider).build(in: &context)
      host = request.origin.description
      return .send(request)
    } catch {
      let diagnosis = Diagnosis(of: error, for: context.provider)
      failure = diagnosis
      return .done(.refused(diagnosis))
    }
  }

  /// Takes the answer to the request.
  package mutating func receive(_ answer: borrowing CheckAnswer) {
    let read = TokenAnswer(answer)
    if answer.isSuccess, let name = read.text(at: "oauth_token"),
      let secret = read.text(at: "oauth_token_secret"), let state = state.take()
    {
      token = .some(RequestToken(token: name, secret: secret, state: state))
    } else {
      failure = GrantRefusal(context, .temporaryToken).diagnosis(of: answer, from: context.sources)
    }
  }

  /// The request could not be sent, or its answer could not be read.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    failure = context.unreachable(cause, host: host, detail: detail, isCheck: false)
  }
}
