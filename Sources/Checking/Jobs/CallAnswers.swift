internal import Basics
internal import NIOHTTP1
internal import Requests
internal import Secrets
internal import Synchronization

/// The session of a call, for all that have a part in it: the run that sends its requests, the connection that asks where
/// a body goes, and the thread that is told to stop; and the output, to which they write in turn.
final class CallAnswers: Sendable {
  private struct Shown {
    /// Of the last answer that was kept, as long as it has not been written.
    var head: AnswerHead?
    var isFailureTold = false
  }

  private let session: Mutex<CallSession>
  private let output: OutputFile
  private let reports: ReportWriter
  private let showsHead: Bool
  private let shown = Mutex(Shown())

  init(_ call: consuming HelperCall, _ output: OutputFile, _ reports: ReportWriter) {
    showsHead = call.showsHead
    session = Mutex(CallSession(call.request, of: call.submission, token: call.token))
    self.output = output
    self.reports = reports
  }

  /// What the session wants next.
  func next() -> CallAction { session.withLock { $0.next() } }

  /// Takes the token that was asked for, or why there is none.
  func renew(_ outcome: consuming TokenOutcome) {
    switch consume outcome {
    case .token(let token):
      // A closure cannot consume what it has captured.
      var token = Optional(token)
      session.withLock { $0.renewed(token.take()) }
    case .refused(let diagnosis): session.withLock { $0.renewed(nil, diagnosis: diagnosis) }
    }
  }

  /// The user interrupts: what comes next closes the document that is being written, if one is.
  func stop() { session.withLock { $0.stop() } }

  /// Tells the head of the request that is about to be sent, where that is wanted.
  func tellSent() {
    if let head = session.withLock({ $0.sentHead }) { reports.write(.sent(head)) }
  }
}

/// What comes back.
extension CallAnswers {
  /// Says where the body of an answer goes, on the connection's event loop.
  func begin(_ head: AnswerHead) -> PartialAnswer.Destination {
    let (handling, masked) = session.withLock { ($0.handling(of: head), $0.masked(head)) }
    reports.write(.head(masked))
    switch handling {
    case .keep(let limit):
      shown.withLock { $0.head = masked }
      return .kept(room: limit)
    case .stream:
      write(masked)
      return .written(output)
    }
  }

  func receive(_ answer: IncomingAnswer) {
    if output.failure != nil { return end() }
    let cut = answer.cut.map { CheckAnswer.Cut($0.cause, $0.detail) }
    if answer.isWritten {
      let head = AnswerHead(status: answer.status, headers: answer.headers)
      session.withLock { $0.receiveStreamed(head, cut: cut) }
    } else {
      let kept = CheckAnswer(answer)
      session.withLock { $0.receive(kept) }
    }
  }

  func fail(_ failure: TransportFailure) {
    session.withLock { $0.fail(failure.cause, detail: failure.detail) }
  }
}

/// What goes out.
extension CallAnswers {
  /// Writes a piece of the document that pages become.
  func write(_ piece: borrowing SecretBuffer) {
    writeKeptHead()
    try? output.write(piece)
    if output.failure != nil { end() }
  }

  /// Writes what is still to be shown of the last answer.
  func finish() {
    writeKeptHead()
    tellFailure()
  }

  /// The head of an answer that was kept stands before the first that is written, or alone.
  private func writeKeptHead() {
    guard output.isEmpty, let head = shown.withLock({ $0.head.take() }) else { return }
    write(head)
  }

  /// As it would come over the network; nothing unless it is wanted.
  private func write(_ head: AnswerHead) {
    guard showsHead else { return }
    let reason = HTTPResponseStatus(statusCode: head.status).reasonPhrase
    var text = "HTTP/1.1 \(head.status) \(reason)\r\n"
    for header in head.headers { text += "\(header.name): \(header.value)\r\n" }
    try? output.write(SecretBuffer(text: "\(text)\r\n", capacity: 1))
  }

  /// The output takes nothing more: the call is over.
  private func end() {
    tellFailure()
    stop()
  }

  private func tellFailure() {
    guard let failure = output.failure else { return }
    let isFirst = shown.withLock { shown in
      defer { shown.isFailureTold = true }
      return !shown.isFailureTold
    }
    if isFirst { reports.write(.unwritten(failure)) }
  }
}
