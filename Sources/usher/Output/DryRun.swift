internal import Basics
internal import Checking
internal import Drafts
internal import Requests
internal import Secrets

/// `--dry-run`: the requests that a check would send, as JSON.
enum DryRun {
  static func print(
    _ submission: consuming Submission, at replay: ReplayContext, revealing: Bool
  ) throws {
    let objections = NetworkObjections(submission)
    let refused = CheckSession.origins(of: submission).compactMap { objections.reason($0) }
    let text = try json(submission, at: replay, revealing: revealing, objections)
    Console.secret(text)
    Console.line()
    for reason in refused {
      ErrorPrinter.warn("the check refuses to send this: \(reason)")
    }
  }

  /// What stands in the way of a request is said in the words of the form, as the check itself says it.
  private static func json(
    _ submission: borrowing Submission, at replay: ReplayContext, revealing: Bool,
    _ objections: NetworkObjections
  ) throws(CommandError) -> SecretBuffer {
    do throws(RequestError) {
      return try CheckSession.plan(submission, at: replay)
        .json(revealing: revealing) { objections.reason($0) }
    } catch {
      throw .failed(error.explanation(for: submission.provider))
    }
  }
}
