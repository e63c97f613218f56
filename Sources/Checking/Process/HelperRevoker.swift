internal import Basics
package import Requests

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
    do throws(HelperFailure) {
      switch try await launcher.answer(to: .revocation(order), within: limit) {
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
