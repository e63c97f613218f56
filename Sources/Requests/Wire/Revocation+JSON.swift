package import Basics
internal import Drafts
package import Secrets

/// `{"submission":{…},"token":{…}}`
extension RevocationOrder {
  /// One object; without tokens there is no `token` in it.
  package borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.key("submission")
    submission.write(to: &json)
    switch token {
    case .some(let token):
      json.key("token")
      token.write(to: &json)
    case nil: break
    }
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> RevocationOrder? {
    var submission: Submission?
    var token: TokenSet?
    var isGood = true
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "submission": submission = try Submission.read(text, &reader)
      case "token":
        token = try TokenSet.read(text, &reader)
        isGood = token.isThere
      default: throw reader.failure(.unexpected)
      }
    }
    guard isGood, let submission = submission.take() else { return nil }
    return RevocationOrder(submission, token: token)
  }
}

/// `{"revoked":true}` or `{"failed":{…}}`
extension RevocationOutcome {
  /// One object.
  package func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    switch self {
    case .revoked:
      json.key("revoked")
      json.bool(true)
    case .failed(let diagnosis):
      json.key("failed")
      diagnosis.write(to: &json)
    }
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> RevocationOutcome? {
    var outcome: RevocationOutcome?
    var count = 0
    try reader.object(text) { member, reader throws(JSONError) in
      count += 1
      switch member {
      case "revoked": outcome = try reader.truth(text) ? .revoked : nil
      case "failed": outcome = try Diagnosis.read(text, &reader).map { .failed($0) }
      default: throw reader.failure(.unexpected)
      }
    }
    return count == 1 ? outcome : nil
  }
}
