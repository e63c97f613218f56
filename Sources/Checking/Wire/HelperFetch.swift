internal import Basics
package import Drafts
package import Requests
internal import Secrets

/// The fetch of a token as the helper process is told it.
package struct HelperFetch: ~Copyable, Sendable {
  /// Whose token it is.
  package var submission: Submission
  /// What was got before; nil where nothing is.
  package var known: TokenSet?

  package init(_ submission: consuming Submission, known: consuming TokenSet?) {
    self.submission = submission
    self.known = known
  }

  /// One object.
  borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.key("submission")
    submission.write(to: &json)
    json.member("known", known)
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  static func read(_ text: RawSpan, _ reader: inout JSONReader) throws(JSONError) -> HelperFetch? {
    var submission: Submission?
    var known: TokenSet?
    var isGood = true
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "submission": submission = try Submission.read(text, &reader)
      case "known":
        known = try TokenSet.read(text, &reader)
        isGood = known.isThere
      default: throw reader.failure(.unexpected)
      }
    }
    guard isGood, let submission = submission.take() else { return nil }
    return HelperFetch(submission, known: known)
  }
}
