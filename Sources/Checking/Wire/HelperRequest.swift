internal import Basics
package import Drafts
internal import Requests
package import Secrets

/// What goes to the checking process when its check is wanted: `{"submission":{…}}`, once, after the `HelperSettings`.
package struct HelperRequest: ~Copyable {
  /// The most bytes that are taken. A submission holds the provider's entry and may hold several key files of
  /// `SecretBuffer.fileCapacity`.
  package static let limit = 8 * 1024 * 1024

  /// What is checked.
  package var submission: Submission

  /// A request for the check of `submission`.
  package init(_ submission: consuming Submission) { self.submission = submission }

  /// The request with its length before it, ready to be sent: from here on the only copy of the values. Nil when it is
  /// longer than the process would take.
  package consuming func framed() -> SecretBuffer? {
    HelperFrame.write(limit: Self.limit) { json in
      json.key("submission")
      submission.write(to: &json)
    }
  }

  /// Reads what stands in a frame; nil when it is no request.
  package init?(_ text: RawSpan) {
    var submission: Submission?
    var reader = JSONReader()
    do throws(JSONError) {
      try reader.object(text) { member, reader throws(JSONError) in
        switch member {
        case "submission": submission = try Submission.read(text, &reader)
        default: throw reader.failure(.unexpected)
        }
      }
      try reader.end(text)
    } catch {
      return nil
    }
    guard let submission = submission.take() else { return nil }
    self.init(submission)
  }
}
