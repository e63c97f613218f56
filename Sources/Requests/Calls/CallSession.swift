internal import Basics
package import Drafts
internal import ProviderFormat
internal import Secrets

/// A request through a linked account as a state machine: what to send next, what to wait for, what to write, and what
/// it came to. It does no input or output itself; whoever drives it does.
///
///     var session = CallSession(request, of: submission, token: token)
///     while true {
///       switch session.next() {
///       case .send(let request):
///         … the head of the answer comes: session.handling(of: head)
///         … session.receiveStreamed(head, cut: nil), session.receive(answer) or session.fail(cause, detail: …)
///       case .wait(let wait): … wait.seconds pass
///       case .renewToken: … session.renewed(token)
///       case .write(let piece): … piece goes to the output
///       case .done(let outcome): return outcome
///       }
///     }
package struct CallSession: ~Copyable {
  enum Stage {
    /// A token is needed first.
    case tokenless
    /// The next request can be made.
    case ready
    case pausing(CallWait)
    /// It was made, and its answer is waited for.
    case sent
    case over(CallOutcome)
  }

  var context: CheckContext
  var stage: Stage
  /// What is asked: the first page, then those after it.
  var call: APICall
  let body: CallBody
  let options: CallOptions
  /// Nil where the caller's statuses are none, which is an objection.
  let retries: RetryPlan?
  /// Nil for one answer as it is.
  var pages: PageSequence?
  /// The next piece of the output.
  var piece: SecretBuffer?
  /// Where was asked last.
  var origin: Origin?
  /// Whether the clock is that of a rehearsal, which stands still.
  private let isReplayed: Bool
  /// How often this page has been tried again.
  var attempt = 0
  /// Whether a new token was asked for, for this page.
  var hasRenewed = false
  /// What an answer came to that a new token may mend.
  var refusal: CallOutcome?

  /// In bytes: how much of an answer is kept that is no success.
  package static let errorLimit = 1024 * 1024
  /// In bytes: how long a page may be that has to be taken apart.
  package static let pageLimit = 32 * 1024 * 1024

  /// The head of the request that `next` gave last, without its secrets; nil unless the options ask for it.
  package internal(set) var sentHead: RequestHead?

  /// - Parameters:
  ///   - token: what is kept for the account; nil where nothing is, or the mode has none.
  ///   - replay: when it happens and what chance gives it; left out for a call that is sent now.
  package init(
    _ request: consuming CallRequest, of submission: consuming Submission,
    token: consuming TokenSet?, at replay: ReplayContext? = nil
  ) {
    let objection = Self.objection(to: request, of: submission)
    var sources = TemplateContext(of: submission, sentAt: replay)
    let provider = sources.provider
    let hasToken: Bool
    switch consume token {
    case .some(let token):
      token.restore(in: &sources)
      hasToken = true
    case nil: hasToken = false
    }
    let options = request.options
    var call = request.call
    call.method = (try? call.method(hasBody: !request.body.isNone)) ?? call.method
    var pages = provider.proxy.pagination.flatMap { pagination in
      options.paging.map { PageSequence(pagination, $0) }
    }
    let body = request.takeBody()
    var stage: Stage = !hasToken && TokenOrigin(provider) == .fetched ? .tokenless : .ready
    if let objection {
      stage = .over(CallOutcome(diagnosis: Diagnosis(of: objection, for: provider)))
    } else if let turn = pages?.turn {
      call = turn.first(call, given: { path in body.number(at: path) })
      _ = pages?.begin(call)
    }
    context = CheckContext(sources)
    retries = RetryPlan(provider, options)
    isReplayed = replay != nil
    self.stage = stage
    self.call = call
    self.body = body
    self.options = options
    self.pages = pages
  }

  /// What is to be done next.
  package mutating func next() -> CallAction {
    if let piece = piece.take() { return .write(piece) }
    switch stage {
    case .over(let outcome): return .done(outcome)
    case .tokenless: return .renewToken
    case .pausing(let wait):
      stage = .ready
      return .wait(wait)
    case .ready, .sent: break
    }
    if !isReplayed { context.sources.moveOn(to: .now()) }
    do throws(RequestError) {
      let request = try context.builder.build(call, body, from: &context.sources)
      sentHead = options.tellsHeads ? try? shownHead() : nil
      origin = request.origin
      stage = .sent
      return .send(request)
    } catch {
      finish(CallOutcome(diagnosis: Diagnosis(of: error, for: context.provider)))
      return next()
    }
  }

  /// What becomes of the body of the answer that has just begun. To be asked once for each answer.
  package mutating func handling(of head: AnswerHead) -> AnswerHandling {
    guard head.isSuccess || head.isCurrent else { return .keep(limit: Self.errorLimit) }
    return pages == nil ? .stream : .keep(limit: Self.pageLimit)
  }

  /// Takes an answer that was kept.
  package mutating func receive(_ answer: borrowing CheckAnswer) {
    guard case .sent = stage else { return }
    if let cut = answer.cut, answer.isSuccess {
      return fail(cut.cause, detail: cut.detail, status: answer.status)
    }
    if answer.isSuccess {
      pages == nil ? finish(CallOutcome(status: answer.status)) : takePage(answer)
    } else if answer.status == 304 {
      finish(CallOutcome(status: answer.status))
    } else {
      takeRefusal(answer)
    }
  }

  /// Takes the end of an answer that went to the output.
  /// - Parameter cut: why not all of it did; nil when it did.
  package mutating func receiveStreamed(_ head: AnswerHead, cut: CheckAnswer.Cut?) {
    guard case .sent = stage else { return }
    var outcome = CallOutcome(status: head.status)
    if let cut {
      // Part of it is written: nobody can begin again.
      outcome.diagnosis = unreachable(cut.cause, cut.detail, status: head.status)
    }
    finish(outcome)
  }

  /// The request could not be sent, or no answer came.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    guard case .sent = stage else { return }
    fail(cause, detail: detail, status: nil)
  }

  /// Takes the token that `renewToken` asked for; nil where there is none.
  /// - Parameter diagnosis: why there is none, where that is known; it then becomes that of the call.
  package mutating func renewed(_ token: consuming TokenSet?, diagnosis: Diagnosis? = nil) {
    guard case .tokenless = stage else { return }
    if let token = token.take() {
      TokenSet.withdraw(from: &context.sources)
      token.restore(in: &context.sources)
      refusal = nil
      stage = .ready
    } else if let diagnosis {
      finish(CallOutcome(diagnosis: diagnosis))
    } else {
      finish(refusal ?? CallOutcome(diagnosis: tokenMissing))
    }
  }

  private var tokenMissing: Diagnosis {
    var diagnosis = context.general.diagnosis(.unclear)
    diagnosis.sentence = "There is no access token for \(context.general.name)."
    diagnosis.nextStep = "Check the connection."
    return diagnosis
  }

  /// The user interrupts: what is written of a document is closed, and the call ends. What is under way is not waited for.
  package mutating func stop() {
    if case .over = stage { return }
    var diagnosis = Diagnosis(kind: .cancelled, sentence: "The request was interrupted.")
    diagnosis.host = origin?.description
    finish(CallOutcome(diagnosis: diagnosis), always: true)
  }
}

extension AnswerHead {
  /// Whether it says that a copy that somebody has is still good: an answer without a body, and no refusal.
  fileprivate var isCurrent: Bool { status == 304 }
}

extension CallRequest {
  fileprivate consuming func takeBody() -> CallBody { body }
}

extension CallBody {
  /// The whole number that a JSON body has at a path, as it is written; nil where there is none.
  fileprivate borrowing func number(at path: String) -> String? {
    switch source {
    case .nowhere: nil
    case .stream: nil
    case .content(let content):
      content.withBytes { body in
        JSONPath(path).find(in: body).map { body.shownText($0) }
      }
    }
  }
}
