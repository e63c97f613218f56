internal import Basics
package import Drafts
package import Requests
internal import Secrets

/// A call as the helper process is told it.
package struct HelperCall: ~Copyable, Sendable {
  /// The linked account.
  package var submission: Submission
  /// What is kept for it; nil where nothing is, or the mode has no token.
  package var token: TokenSet?
  /// What is asked.
  package var request: CallRequest
  /// Whether status and headers go to the output, before the body.
  package var showsHead: Bool

  package init(
    _ request: consuming CallRequest, of submission: consuming Submission,
    token: consuming TokenSet?, showsHead: Bool = false
  ) {
    self.submission = submission
    self.token = token
    self.request = request
    self.showsHead = showsHead
  }

  /// One object.
  borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.key("submission")
    submission.write(to: &json)
    json.member("token", token)
    json.key("request")
    request.write(to: &json)
    json.key("shows_head")
    json.bool(showsHead)
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  static func read(_ text: RawSpan, _ reader: inout JSONReader) throws(JSONError) -> HelperCall? {
    var submission: Submission?
    var token: TokenSet?
    var request: CallRequest?
    var showsHead: Bool?
    var isGood = true
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "submission": submission = try Submission.read(text, &reader)
      case "token":
        token = try TokenSet.read(text, &reader)
        isGood = token.isThere
      case "request": request = try CallRequest.read(text, &reader)
      case "shows_head": showsHead = try reader.truth(text)
      default: throw reader.failure(.unexpected)
      }
    }
    guard isGood, let showsHead, let submission = submission.take(), let request = request.take()
    else { return nil }
    return HelperCall(request, of: submission, token: token, showsHead: showsHead)
  }
}
