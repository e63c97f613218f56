internal import Basics
internal import Drafts
internal import Requests
internal import Secrets

/// Asks a provider what one job of a link wants: carries requests from the sessions to the network and answers back. Lives
/// in the helper process.
struct LinkRun {
  let transport: WebTransport
  let reports: ReportWriter

  /// Does the job.
  func result(of job: borrowing LinkJob) async -> LinkResult {
    switch job.kind {
    case .prepare(let allowsLoopback):
      return await LinkPreparation(transport, allowsLoopback: allowsLoopback).result(for: job.flow)
    case .redeem: return await redeem(job)
    case .renew: return await renew(job)
    case .ask: return await ask(job.flow)
    case .device: return await waitForDevice(job.flow)
    case .installations: return await installations(of: job.flow)
    case .installation(let number):
      return await exchange(CodeExchange(job.flow, installation: number), job.flow)
    case .typed: return await look(at: job.flow)
    }
  }

  // MARK: Kinds

  private func redeem(_ job: borrowing LinkJob) async -> LinkResult {
    switch job.redemption {
    case .some(let redemption): return await exchange(CodeExchange(job.flow, redemption), job.flow)
    case nil: return .refused(LinkRefusal(HelperFailure.unreadable.diagnosis(isCheck: false)))
    }
  }

  private func renew(_ job: borrowing LinkJob) async -> LinkResult {
    switch job.refreshToken {
    case .some(let token):
      return await exchange(CodeExchange(job.flow, refreshToken: token.duplicate()), job.flow)
    case nil: return .refused(LinkRefusal(HelperFailure.unreadable.diagnosis(isCheck: false)))
    }
  }

  private func ask(_ flow: borrowing AuthorizationFlow) async -> LinkResult {
    var session = DirectAuthorization(flow)
    switch await transport.outcome(of: &session, { $0.next() }) {
    case .refused(let diagnosis): return .refused(LinkRefusal(diagnosis))
    case .answered(let redemption): return await exchange(CodeExchange(flow, redemption), flow)
    }
  }

  private func exchange(
    _ session: consuming CodeExchange, _ flow: borrowing AuthorizationFlow
  ) async -> LinkResult {
    var session = session
    switch await transport.outcome(of: &session, { $0.next() }) {
    case .refused(let diagnosis):
      return .refused(LinkRefusal(diagnosis, isClientUnknown: session.isClientUnknown))
    case .linked(let account): return .linked(await inspected(account, of: flow))
    }
  }

  private func waitForDevice(_ flow: borrowing AuthorizationFlow) async -> LinkResult {
    var session = DeviceAuthorization(flow)
    while true {
      switch session.next() {
      case .send(let request):
        // It may be minutes since the last one.
        transport.renewLimits()
        await transport.exchange(request, with: &session)
      case .show(let code): reports.write(.code(code))
      // Whoever does not want to wait ends the process.
      case .wait(let seconds): try? await Task.sleep(for: .seconds(seconds))
      case .done(.refused(let diagnosis)): return .refused(LinkRefusal(diagnosis))
      case .done(.linked(let account)): return .linked(await inspected(account, of: flow))
      }
    }
  }

  private func installations(of flow: borrowing AuthorizationFlow) async -> LinkResult {
    var session = InstallationList(flow)
    switch await transport.outcome(of: &session, { $0.next() }) {
    case .installations(let list): return .installations(list)
    case .refused(let diagnosis): return .refused(LinkRefusal(diagnosis))
    }
  }

  /// Where nothing can be asked, what was typed is as good as it is.
  private func look(at flow: borrowing AuthorizationFlow) async -> LinkResult {
    guard flow.hasNoToken else {
      return .refused(LinkRefusal(HelperFailure.unreadable.diagnosis(isCheck: false)))
    }
    let session = CheckSession(linked: flow.submission.duplicate(), token: nil)
    let diagnosis = await diagnosis(of: session)
    switch diagnosis.kind {
    case .accepted, .uncheckable: return .linked(.typed(flow, diagnosis))
    case .wrongKind, .wrongTenant, .lacksRight, .refused, .busy, .unreachable, .unclear, .cancelled:
      return .refused(LinkRefusal(diagnosis))
    }
  }
}
