package import Basics
package import Drafts
package import Requests
internal import Secrets

/// Makes requests through linked accounts, each in a process of its own, which writes what the provider answers to a
/// descriptor that it inherits.
package struct HelperCaller: Sendable {
  /// How long an interrupted call may take to close the document that it writes.
  private static let patience = Duration.seconds(2)

  /// What a call comes to that had to be ended.
  private static let interrupted = CallOutcome(
    diagnosis: Diagnosis(kind: .cancelled, sentence: "The request was interrupted."))

  private let launcher: HelperLauncher
  private let showsHead: Bool

  /// - Parameters:
  ///   - output: where bodies are written. Neither it nor `body` is changed or closed here.
  ///   - body: where the body of a request is read from that is a `CallBody.stream`, beginning where the descriptor stands;
  ///     nil where there is none.
  ///   - showsHead: whether status and headers are written before the body.
  ///   - program: what is run as the helper process; this program itself where it is left out.
  ///   - arguments: what follows the program's name.
  ///   - variable: looks up a variable of the environment; that of this process when it is left out.
  package init(
    options: CheckOptions = CheckOptions(), output: Int32, body: Int32? = nil,
    showsHead: Bool = false, program: String? = nil, arguments: [String]? = nil,
    variable: ((String) -> String?)? = nil
  ) {
    self.showsHead = showsHead
    launcher = HelperLauncher(
      program: program, arguments: arguments, options: options, variable: variable,
      passing: [output] + (body.map { [$0] } ?? []))
  }

  /// Starts the process, so that it is ready when the call is: on a thread that lives as long as it may be needed.
  package func prepare() { launcher.prepare() }

  /// Ends the process that waits, if one does.
  package func dismiss() { launcher.dismiss() }

  /// Makes a call and blocks the calling thread until it is over, which may take hours: what is bounded are the pauses
  /// (`CallOptions.timeout`). The process is gone when this returns.
  ///
  /// - Parameters:
  ///   - token: what is kept for the account; nil where nothing is, or the mode has none.
  ///   - cancel: becomes readable when the user interrupts. The call then has two seconds to close what it writes.
  ///   - report: told what happens, on this thread.
  ///   - renew: gets another token than the one that was given last, on this thread. The call waits for it.
  package func call(
    _ request: consuming CallRequest, of submission: consuming Submission,
    token: consuming TokenSet?, cancel: EventDescriptor, report: (CallReport) -> Void,
    renew: () -> TokenOutcome
  ) -> CallOutcome {
    let call = HelperCall(request, of: submission, token: token, showsHead: showsHead)
    do throws(HelperFailure) {
      var conversation = try launcher.converse(about: .call(call), limit: nil, cancel: cancel)
      return try Self.listen(to: &conversation, report, renew)
    } catch {
      return CallOutcome(diagnosis: error.diagnosis(isCheck: false))
    }
  }

  private static func listen(
    to conversation: inout HelperConversation, _ report: (CallReport) -> Void,
    _ renew: () -> TokenOutcome
  ) throws(HelperFailure) -> CallOutcome {
    while true {
      switch conversation.next() {
      case .report(.progress(let progress)): report(.progress(progress))
      case .report(.sent(let head)): report(.sent(head))
      case .report(.head(let head)): report(.head(head))
      case .report(.wait(let wait)): report(.wait(wait))
      case .report(.unwritten(let error)): report(.unwritten(error))
      case .report(.renew):
        // One that was asked for and not seen before it was interrupted is of no use any more.
        if !conversation.isCancelled { try tell(.renewed(renew()), in: &conversation) }
      case .report(.outcome(let outcome)): return outcome
      case .report(.diagnosis): throw .unreadable
      case .report(.token): throw .unreadable
      case .report(.code): throw .unreadable
      case .report(.link): throw .unreadable
      case .report(.revocation): throw .unreadable
      case .cancelled:
        try tell(.stop, in: &conversation)
        conversation.end(within: patience)
      case .late: return interrupted
      case .ended:
        if conversation.isCancelled { return interrupted }
        throw .ended
      case .unreadable: throw .unreadable
      }
    }
  }

  private static func tell(
    _ instruction: consuming HelperInstruction, in conversation: inout HelperConversation
  ) throws(HelperFailure) {
    guard let message = instruction.framed() else { throw .tooLong }
    conversation.send(message)
  }
}
