package import Basics
package import Drafts
package import Requests

/// Gets tokens in a process of its own, as `HelperChecker` checks. The answer comes back in locked memory.
package struct HelperTokenFetcher: TokenFetcher {
  private let launcher: HelperLauncher
  private let limit: Duration
  private let cancel: EventDescriptor?

  /// - Parameters:
  ///   - cancel: when it becomes readable a fetch ends, and is refused as cancelled; nil where nobody may end it.
  ///   - program: what is run as the helper process; this program itself where it is left out.
  ///   - arguments: what follows the program's name.
  ///   - variable: looks up a variable of the environment; that of this process when it is left out.
  package init(
    options: CheckOptions = CheckOptions(), cancel: EventDescriptor? = nil,
    program: String? = nil, arguments: [String]? = nil, variable: ((String) -> String?)? = nil
  ) {
    launcher = HelperLauncher(
      program: program, arguments: arguments, options: options, variable: variable)
    limit = options.limits.hard
    self.cancel = cancel
  }

  /// Starts the process of the next fetch, on a thread that lives as long as it may be needed.
  package func prepare() { launcher.prepare() }

  /// Ends the process that waits, if one does.
  package func dismiss() { launcher.dismiss() }

  /// One process for this fetch. It is gone when this returns, within `CheckLimits.hard` in any case.
  package func fetch(
    _ submission: consuming Submission, known: consuming TokenSet?
  ) -> TokenOutcome {
    do throws(HelperFailure) {
      let job = HelperRequest.token(HelperFetch(submission, known: known))
      switch try launcher.answer(to: job, within: limit, cancel: cancel) {
      case .token(let outcome): return outcome
      case .cancelled: return .refused(.cancelled())
      case .diagnosis: throw .unreadable
      case .revocation: throw .unreadable
      }
    } catch {
      return .refused(error.diagnosis(isCheck: false))
    }
  }
}
