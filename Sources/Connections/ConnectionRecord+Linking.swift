package import Basics
package import Drafts
package import Requests

extension ConnectionRecord {
  /// The record of an account that was linked with a person's consent: what was typed, and what the provider gave. Its
  /// tokens are kept in a row of their own.
  /// - Parameters:
  ///   - submission: what the account was linked with, the client among it.
  ///   - account: what the link gave. Its settings fill what was typed empty or not at all.
  ///   - application: what the client is kept as; nil where it is kept with the connection alone.
  package init(
    name: ConnectionName, submission: consuming Submission, account: borrowing LinkedAccount,
    application: ApplicationName?, now: Timestamp = .now()
  ) {
    var submission = submission
    submission.add(account)
    self.init(name: name, submission: submission, diagnosis: account.diagnosis, now: now)
    facts.application = application
  }
}
