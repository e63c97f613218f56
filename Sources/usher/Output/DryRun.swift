internal import Credentials
internal import Glibc
internal import Secrets

/// `--dry-run`: the requests that a check would send, as JSON.
enum DryRun {
  static func print(
    _ submission: consuming Submission, at moment: Moment, revealing: Bool
  ) throws {
    let planned = try CheckSession.plan(submission, at: moment)
    let text = planned.json(revealing: revealing)
    try text.write(to: STDOUT_FILENO)
    Console.line()
  }
}
