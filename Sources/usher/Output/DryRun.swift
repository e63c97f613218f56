internal import Basics
internal import Drafts
internal import Requests
internal import Secrets

/// `--dry-run`: the requests that a check would send, as JSON.
enum DryRun {
  static func print(
    _ submission: consuming Submission, at moment: ReplayContext, revealing: Bool
  ) throws {
    let text = try json(submission, at: moment, revealing: revealing)
    Console.secret(text)
    Console.line()
  }

  /// What stands in the way of a request is said in the words of the form, as the check itself says it.
  private static func json(
    _ submission: consuming Submission, at moment: ReplayContext, revealing: Bool
  ) throws(CommandError) -> SecretBuffer {
    do throws(RequestError) {
      return try CheckSession.plan(submission, at: moment).json(revealing: revealing)
    } catch {
      throw .failed(error.explanation(for: submission.provider))
    }
  }
}
