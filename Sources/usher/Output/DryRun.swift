internal import Basics
internal import Checking
internal import Drafts
internal import Requests
internal import Secrets

/// `--dry-run`: the requests that would be sent, as JSON.
enum DryRun {
  /// Those of a check.
  static func print(
    _ submission: consuming Submission, at replay: ReplayContext, revealing: Bool
  ) throws {
    let objections = NetworkObjections(submission)
    let refused = CheckSession.origins(of: submission).compactMap { objections.reason($0) }
    do throws(RequestError) {
      let planned = try CheckSession.plan(submission, at: replay)
      try print(planned, revealing: revealing, objections)
    } catch {
      throw CommandError.failed(error.explanation(for: submission.provider))
    }
    for reason in refused {
      ErrorPrinter.warn("the check refuses to send this: \(reason)")
    }
  }

  /// - Throws: what stands in the way of a request, to be said in the words of the form, as it is when it is sent.
  static func print(
    _ planned: borrowing DryRunRequests, revealing: Bool, _ objections: NetworkObjections
  ) throws(RequestError) {
    Console.secret(try planned.json(revealing: revealing) { objections.reason($0) })
    Console.line()
  }
}
