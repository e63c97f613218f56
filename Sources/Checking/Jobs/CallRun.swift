internal import Basics
internal import Drafts
internal import Requests
internal import Secrets
internal import Synchronization

/// One call from the first request to the outcome: carries requests from the session to the network, answers back or to
/// the output, and what is said between the session and the program. Lives in the helper process.
final class CallRun {
  private let transport: WebTransport
  private let instructions: CallInstructions
  private let stop = StopSignal()
  private let answers: CallAnswers
  private let reports: ReportWriter
  private let body: BodySource?

  init(
    _ call: consuming HelperCall, _ messages: MessageReader, _ network: JobNetwork,
    _ reports: ReportWriter
  ) {
    let timeout = Duration.seconds(call.request.options.timeout)
    transport = network.transport(
      NetworkRules(call.submission, of: call.request.call), scope: .each(idle: timeout),
      stop: stop, reports)
    body = call.request.body.descriptor
    let answers = CallAnswers(call, OutputFile(HelperProgram.output), reports)
    instructions = CallInstructions(messages) { [stop] in
      answers.stop()
      stop.set()
    }
    self.answers = answers
    self.reports = reports
  }

  /// Makes the call.
  func outcome() async -> CallOutcome {
    while true {
      switch answers.next() {
      case .send(let request): await send(request)
      case .wait(let wait): await pause(wait)
      case .renewToken:
        reports.write(.renew)
        if let outcome = await instructions.renewal() { answers.renew(outcome) }
      case .write(let piece): answers.write(piece)
      case .done(let outcome):
        answers.finish()
        return outcome
      }
    }
  }

  private func send(_ request: consuming PreparedRequest) async {
    answers.tellSent()
    do throws(TransportFailure) {
      let outgoing = try OutgoingRequest(
        request, compression: request.decompresses ? .asked : .unasked, stream: body)
      let answer = try await transport.answer(to: outgoing) { [answers] in answers.begin($0) }
      answers.receive(answer)
    } catch {
      answers.fail(error)
    }
  }

  private func pause(_ wait: CallWait) async {
    reports.write(.wait(wait))
    let length = Duration.seconds(wait.seconds)
    let end = Deadline(after: length, stop: stop)
    try? await end.race(or: TransportFailure(.timeout)) { () async throws(TransportFailure) in
      try? await Task.sleep(for: length)
    }
  }

  func close() async { await transport.close() }
}

extension CallBody {
  /// The descriptor that it is read from, unless it is told with the request.
  fileprivate var descriptor: BodySource? {
    switch source {
    case .nowhere: nil
    case .content: nil
    case .stream(let length, let isRepeatable):
      BodySource(HelperProgram.body, length: length, isRepeatable: isRepeatable)
    }
  }
}
