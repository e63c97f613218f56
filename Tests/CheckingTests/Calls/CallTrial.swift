import Basics
import Checking
import Dispatch
import Drafts
import LoopbackSupport
import Requests
import Secrets
import Synchronization
import Testing

/// What goes to the thread that calls.
private struct CallJob: ~Copyable, Sendable {
  let request: CallRequest
  let submission: Submission
  let token: TokenSet?
}

/// A call as the program makes it: in a helper process, with a pipe for its output.
struct CallTrial {
  /// What came of it.
  struct Result: Sendable {
    var outcome: CallOutcome
    var reports: [CallReport]
    /// How often another token was asked for.
    var renewals: Int
    var output: [UInt8]

    var text: String { String(decoding: output, as: UTF8.self) }
    var heads: [AnswerHead] {
      reports.compactMap { if case .head(let head) = $0 { head } else { nil } }
    }
    var waits: [CallWait] {
      reports.compactMap { if case .wait(let wait) = $0 { wait } else { nil } }
    }
    var sent: [RequestHead] {
      reports.compactMap { if case .sent(let head) = $0 { head } else { nil } }
    }
    var failure: SystemError? {
      reports.compactMap { if case .unwritten(let error) = $0 { error } else { nil } }.first
    }
  }

  /// Takes what the helper writes; read as it comes.
  let output = BytePipe().collect()
  /// Makes the call stop.
  let cancel = EventDescriptor()
  var options = CheckOptions()
  var showsHead = false
  /// What the body of the request is read from.
  var body: Int32?
  /// Where the output goes instead.
  var descriptor: Int32?
  var variables: [String: String] = [:]
  /// Gets another token.
  var renew: @Sendable () -> TokenOutcome = { .refused(CallTrial.noToken) }

  /// Gives what is in the box, once.
  static func giving(_ box: SendOnceBox<TokenSet>) -> @Sendable () -> TokenOutcome {
    {
      guard let token = box.take() else { return .refused(noToken) }
      return .token(token)
    }
  }

  static let noToken = Diagnosis(kind: .refused, sentence: "There is none.")

  /// Begins the call on a thread of its own, as it blocks, and waits for its end.
  func call(
    _ request: consuming CallRequest, of submission: consuming Submission,
    token: consuming TokenSet? = nil
  ) async -> Result {
    let all = ["SSL_CERT_FILE": LoopbackCertificates.trusted].merging(variables) { $1 }
    let caller = HelperCaller(
      options: options, output: descriptor ?? output.writeEnd, body: body, showsHead: showsHead,
      program: Fixture.path, variable: { all[$0] })
    let job = SendOnceBox(CallJob(request: request, submission: submission, token: token))
    let (reports, renewals) = (Record<CallReport>(), Record<Void>())
    let (cancel, renew) = (cancel, renew)
    let outcome = await withCheckedContinuation { continuation in
      DispatchQueue(label: "call").async {
        guard let job = job.take() else { return }
        let outcome = caller.call(
          job.request, of: job.submission, token: job.token, cancel: cancel,
          report: { reports.add($0) },
          renew: {
            renewals.add(())
            return renew()
          })
        continuation.resume(returning: outcome)
      }
    }
    return Result(
      outcome: outcome, reports: reports.all, renewals: renewals.all.count,
      output: await output.all())
  }

  /// The same for a path.
  func call(
    _ path: String, of submission: consuming Submission, token: consuming TokenSet? = nil,
    _ change: (inout CallOptions) -> Void = { _ in }
  ) async -> Result {
    var options = CallOptions()
    change(&options)
    return await call(
      CallRequest(APICall(target: .path(path)), options: options), of: submission, token: token)
  }
}
