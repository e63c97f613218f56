internal import Basics
package import Requests

/// Asks providers what it takes to link an account, each job in a process of its own, as `HelperChecker` checks. What comes
/// back comes in locked memory.
package struct HelperLinker: Linker {
  private let launcher: HelperLauncher
  private let limit: Duration

  /// Reports of progress beyond this many end the talk: whoever waits for a person asks a few times a minute.
  private static let progressLimit = 20_000

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
    // A server is found out about before a client registers, and an account is looked at behind its link: each has the
    // time of a check.
    limit = options.limits.hard + options.limits.total * 2
  }

  /// Starts the process of the next job, on a thread that lives as long as it may be needed.
  package func prepare() { launcher.prepare() }

  /// Ends the process that waits, if one does.
  package func dismiss() { launcher.dismiss() }

  /// One process for this job. When the task is cancelled it is ended, and when it takes too long: three times as long as a
  /// check, or as long as a code lives that a person has to type elsewhere. It is gone when this returns.
  package func perform(
    _ job: consuming LinkJob, report: @escaping @Sendable (consuming LinkProgress) -> Void
  ) async -> LinkResult {
    do throws(HelperFailure) {
      return try await launcher.talk(about: .link(job)) { job, cancel throws(HelperFailure) in
        var conversation = try launcher.converse(about: job, limit: limit, cancel: cancel)
        return try listen(to: &conversation, report)
      }
    } catch {
      return .refused(LinkRefusal(error.diagnosis(isCheck: false)))
    }
  }

  private func listen(
    to conversation: inout HelperConversation, _ report: (consuming LinkProgress) -> Void
  ) throws(HelperFailure) -> LinkResult {
    var progressSeen = 0
    while true {
      switch conversation.next() {
      case .report(.progress(let progress)):
        progressSeen += 1
        guard progressSeen <= Self.progressLimit else { throw .unreadable }
        report(.asking(progress))
      case .report(.code(let code)):
        let life = code.expires.secondsSinceEpoch - Timestamp.now().secondsSinceEpoch
        conversation.end(within: .seconds(max(0, min(life, Self.longestLife))) + limit)
        report(.code(code))
      case .report(.link(let result)): return result
      case .report: throw .unreadable
      case .cancelled: return .refused(LinkRefusal(Self.cancelled))
      case .late: throw .late(limit)
      case .ended: throw .ended
      case .unreadable: throw .unreadable
      }
    }
  }

  /// In seconds: of a code for another device. No provider has longer ones.
  private static let longestLife: Int64 = 86_400

  private static let cancelled = Diagnosis(
    kind: .cancelled, sentence: "Linking was interrupted.",
    nextStep: "Link the account when you are ready.")
}
