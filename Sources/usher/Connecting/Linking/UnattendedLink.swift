internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// A link without hands: asks the provider what has to be asked first, shows the question, reads the answer, and redeems
/// it. All asking is done by the linker.
struct UnattendedLink {
  let linker: SynchronousLinker
  /// Whether a code is taken that nothing proves to belong to the question.
  let insists: Bool

  /// An account, and what it was linked with.
  struct Linked: ~Copyable {
    let submission: Submission
    var account: LinkedAccount
    /// What was asked for.
    let scopes: Scopes
  }

  /// - Parameters:
  ///   - refreshToken: in place of a browser.
  ///   - installation: of several accounts, the one that is meant.
  ///   - ask: shows the address to whoever opens it, and gives what comes back.
  func account(
    _ draft: borrowing LinkDraft, by way: LinkWay, refreshToken: consuming SecretBuffer?,
    installation: Int64?, ask: (borrowing SecretBuffer) throws -> SecretBuffer
  ) throws -> Linked {
    let flow = draft.flow()
    switch consume refreshToken {
    case .some(let token):
      let ready = try prepared(flow, draft.plan)
      return try linked(.renew(token, ready.flow.duplicate()), ready.flow)
    case nil: break
    }
    switch way {
    case .direct: return try linked(.of(.ask, flow.duplicate()), flow)
    case .typed: return try typed(flow, installation)
    case .redirect where draft.plan.usesDevice:
      let ready = try prepared(flow, draft.plan)
      return try linked(.of(.device, ready.flow.duplicate()), ready.flow)
    case .redirect: return try redirected(flow, draft.plan, ask)
    case .impossible(let obstacle):
      throw CommandError.failed(obstacle.explanation(for: flow.provider))
    }
  }

  // MARK: By a browser

  private func redirected(
    _ flow: consuming AuthorizationFlow, _ plan: LinkPlan,
    _ ask: (borrowing SecretBuffer) throws -> SecretBuffer
  ) throws -> Linked {
    var ready = try prepared(flow, plan)
    let token = ready.takeToken()
    var request: AuthorizationRequest
    do throws(RequestError) {
      switch token {
      case .some(let token): request = try ready.flow.request(with: token)
      case nil: request = try ready.flow.request()
      }
    } catch {
      throw CommandError.failed(error.explanation(for: ready.flow.provider))
    }
    let text = try ask(request.address)
    let answer = try text.withBytes { bytes throws(CallbackFault) in
      try request.answer(from: bytes, at: .now())
    }
    // Nobody is there who could say that it belongs here.
    if !answer.isStateChecked, !insists { throw CallbackFault.noState }
    if answer.isRepaired {
      ErrorPrinter.note("the answer was broken into lines, and is put together")
    }
    let redemption = request.redemption(of: answer, token: token)
    return try linked(.redeem(redemption, ready.flow.duplicate()), ready.flow)
  }

  /// A question that can be asked.
  private struct Ready: ~Copyable {
    let flow: AuthorizationFlow
    private var token: RequestToken?

    init(flow: consuming AuthorizationFlow, token: consuming RequestToken?) {
      self.flow = flow
      self.token = token
    }

    /// The temporary one of OAuth 1.0a.
    mutating func takeToken() -> RequestToken? { token.take() }
  }

  private func prepared(
    _ flow: consuming AuthorizationFlow, _ plan: LinkPlan
  ) throws -> Ready {
    guard flow.provider.authMode.needsPreparation else { return Ready(flow: flow, token: nil) }
    var ground = try ground(of: flow, plan)
    if flow.scopes.isEmpty, plan.scopes == nil, let server = ground.server, !server.scopes.isEmpty,
      server.usualScopes.isEmpty
    {
      throw unchosen(server.scopes, flow.provider)
    }
    return Ready(flow: flow.standing(on: ground), token: ground.token.take())
  }

  private func ground(
    of flow: borrowing AuthorizationFlow, _ plan: LinkPlan
  ) throws -> LinkGround {
    let job = LinkJob.of(.prepare(allowsLoopback: plan.allowsLoopback), flow.duplicate())
    switch linker.perform(job) {
    case .ready(let ground): return ground
    case .refused(let refusal): throw LinkRefused(diagnosis: refusal.diagnosis)
    default: throw LinkRefused.unclear
    }
  }

  private func unchosen(_ scopes: Scopes, _ provider: Provider) -> CommandError {
    .failed(
      Explanation(
        what: "no rights were chosen for \(provider.displayName)",
        why: "its server knows \(scopes.names.count) of them, which are not asked for all at once",
        advice: "choose with --scope, for instance --scope \(scopes.names[0])"))
  }

  // MARK: Without a browser

  private func typed(
    _ flow: consuming AuthorizationFlow, _ installation: Int64?
  ) throws -> Linked {
    guard flow.provider.authMode == .app else {
      return try linked(.of(.typed, flow.duplicate()), flow)
    }
    let number = try installation ?? onlyInstallation(of: flow)
    return try linked(.of(.installation(number), flow.duplicate()), flow)
  }

  private func onlyInstallation(of flow: borrowing AuthorizationFlow) throws -> Int64 {
    let found: [Installation]
    switch linker.perform(.of(.installations, flow.duplicate())) {
    case .installations(let list): found = list
    case .refused(let refusal): throw LinkRefused(diagnosis: refusal.diagnosis)
    default: throw LinkRefused.unclear
    }
    guard let first = found.first else {
      throw CommandError.failed(
        Explanation(
          what: "the application is installed nowhere",
          why: "\(flow.provider.displayName) knows of no account that has it",
          advice: "install it on the application's public page, then link the account"))
    }
    guard found.count == 1 else {
      let list = found.map { "\($0.id) (\($0.account))" }.joined(separator: ", ")
      throw CommandError.failed(
        Explanation(
          what: "the application is installed in \(found.count) accounts",
          why: "one has to be chosen",
          advice: "add \"installation\" to the values, with one of: \(list)"))
    }
    return first.id
  }

  // MARK: The end

  private func linked(
    _ job: consuming LinkJob, _ flow: borrowing AuthorizationFlow
  ) throws -> Linked {
    switch linker.perform(job) {
    case .linked(let account):
      return Linked(
        submission: flow.submission.duplicate(), account: account, scopes: flow.scopes)
    case .refused(let refusal):
      throw LinkRefused(
        diagnosis: refusal.isClientUnknown && flow.hasRegistered
          ? refusal.diagnosis.advisingRegistration : refusal.diagnosis)
    default: throw LinkRefused.unclear
    }
  }
}

extension AuthorizationFlow {
  /// Whether its client registered itself, now or for an earlier link.
  fileprivate var hasRegistered: Bool { submission.values.contains(KeptRegistration.setting) }
}

extension Diagnosis {
  /// Nobody typed the client, so that nothing of it can be copied once more. A new one takes a new question, which nobody
  /// is there to be asked.
  fileprivate var advisingRegistration: Diagnosis {
    var diagnosis = self
    diagnosis.nextStep =
      "Give the same command with --register-anew: the client, which registered itself, then does so once more."
    return diagnosis
  }
}

/// Why there is no account.
struct LinkRefused: Explained {
  let diagnosis: Diagnosis

  /// Something else came of a job than what it was for.
  static var unclear: LinkRefused {
    LinkRefused(diagnosis: .unreachable(.internalFailure, host: nil))
  }

  var explanation: Explanation { Explanation(what: DiagnosisReport.text(diagnosis)) }
}
