internal import Basics
internal import Dispatch
package import Requests
internal import Secrets

/// Takes values back in a process of its own, as `HelperChecker` checks.
package struct HelperRevoker: Revoker {
  private let launcher: HelperLauncher
  private let limit: Duration

  /// - Parameters:
  ///   - program: what is run as the helper process; this program itself where it is left out.
  ///   - arguments: what follows the program's name.
  ///   - variable: looks up a variable of the environment; that of this process when it is left out.
  package init(
    program: String? = nil, arguments: [String]? = nil, options: CheckOptions = CheckOptions(),
    variable: ((String) -> String?)? = nil
  ) {
    launcher = HelperLauncher(
      program: program, arguments: arguments, options: options, variable: variable)
    // The check may have to be asked before and behind: each has a time of its own.
    limit = options.limits.hard + options.limits.total * 2
  }

  /// One process for this. When the task is cancelled, or three times the time of a check has passed, it is ended, and
  /// whether the values are still good is not known. It is gone when this returns.
  package func revoke(_ order: consuming RevocationOrder) async -> RevocationOutcome {
    guard let request = HelperRequest.revocation(order).framed() else {
      return .failed(HelperFailure.tooLong.diagnosis(isCheck: false))
    }
    let box = SendOnceBox(request)
    let cancel = EventDescriptor()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // A queue of its own is a thread of its own: the shared ones are as few as the processors.
        DispatchQueue(label: "revocation").async {
          continuation.resume(returning: talk(box, cancel))
        }
      }
    } onCancel: {
      cancel.set()
    }
  }

  /// Blocks its thread until there is an outcome. The process is gone when it returns.
  private func talk(
    _ box: SendOnceBox<SecretBuffer>, _ cancel: EventDescriptor
  ) -> RevocationOutcome {
    guard let request = box.take() else {
      return .failed(HelperFailure.takenTwice.diagnosis(isCheck: false))
    }
    do throws(HelperFailure) {
      switch try launcher.answer(to: request, within: limit, cancel: cancel, { _ in }) {
      case .revocation(let outcome): return outcome
      case .cancelled: return .failed(Self.interrupted)
      case .diagnosis: throw .unreadable
      case .token: throw .unreadable
      }
    } catch {
      return .failed(error.diagnosis(isCheck: false))
    }
  }

  private static let interrupted = Diagnosis(
    kind: .cancelled,
    sentence: "Taking it back was interrupted; whether it is still good is not known.",
    nextStep: "Check it, or take it back again.")
}
