internal import Guides
package import Secrets

/// All requests that a check would send, in order, as `--dry-run` shows them:
/// `{"requests":[{"method":"GET","url":"…","headers":{…},"body":null}]}`, with a `body_format` (`form`, `json`, `xml` or
/// null) in requests for a token, and a `reason` where there are no requests.
package struct PlannedRequests: ~Copyable {
  private let redacted: SecretBuffer
  private let revealed: SecretBuffer
  /// How many there are; none when nothing can be checked.
  package let count: Int

  init(redacted: consuming SecretBuffer, revealed: consuming SecretBuffer, count: Int) {
    self.redacted = redacted
    self.revealed = revealed
    self.count = count
  }

  /// The requests as JSON on one line, with a mark in place of each secret unless they are to be revealed.
  package consuming func json(revealing: Bool = false) -> SecretBuffer {
    if revealing { return revealed }
    return redacted
  }
}

extension CheckSession {
  /// What the check would send: the check itself, played without answers. What only an answer could tell stands as a
  /// mark in the requests that follow it, and requests that are made only if earlier ones fail are among them.
  ///
  /// - Parameter moment: when, and with which chance; the same gives the same requests.
  package static func plan(
    _ submission: borrowing Submission, at moment: Moment = Moment()
  ) throws(RequestError) -> PlannedRequests {
    var redacted = RequestList()
    try rehearse(submission, at: moment, isRedacting: true) { redacted.add($0) }
    var revealed = RequestList()
    try rehearse(submission, at: moment, isRedacting: false) { revealed.add($0) }
    let count = revealed.count
    let reason = reasonForNone(submission.provider)
    guard let redacted = redacted.finish(reason), let revealed = revealed.finish(reason) else {
      throw .tooLong
    }
    return PlannedRequests(redacted: redacted, revealed: revealed, count: count)
  }

  /// The hosts that the check sends the credentials to, in order and each once; empty when nothing can be checked.
  static func hosts(of submission: borrowing Submission) -> [String] {
    var hosts: [String] = []
    // What cannot be built is not sent either, so the hosts up to there are all.
    try? rehearse(submission, at: Moment(), isRedacting: false) { request in
      let host = request.origin.description
      if !hosts.contains(host) { hosts.append(host) }
    }
    return hosts
  }

  /// More requests than any check has; one that goes on for ever ends here.
  private static let mostRequests = 64

  private static func rehearse(
    _ submission: borrowing Submission, at moment: Moment, isRedacting: Bool,
    _ take: (borrowing PreparedRequest) -> Void
  ) throws(RequestError) {
    var context = CheckContext(
      TemplateSources(of: submission.duplicate(), at: moment), isRedacting: isRedacting)
    var procedure = CheckMode(submission.provider).procedure(for: submission.provider)
    for _ in 0..<mostRequests {
      guard let request = try procedure.next(&context) else { return }
      take(request)
      procedure.suppose(&context)
    }
  }
}

/// Requests as JSON, while they are gathered.
private struct RequestList: ~Copyable {
  private(set) var count = 0
  private var json = SecretJSONWriter()

  init() {
    json.beginObject()
    json.key("requests")
    json.beginArray()
  }

  mutating func add(_ request: borrowing PreparedRequest) {
    request.write(to: &json)
    count += 1
  }

  /// - Parameter reason: why there are none.
  consuming func finish(_ reason: String?) -> SecretBuffer? {
    json.endArray()
    json.member("reason", ifPresent: reason)
    json.endObject()
    return json.finish()
  }
}

extension PreparedRequest {
  fileprivate borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("method", method)
    json.key("url")
    url.withBytes { json.string($0) }
    json.key("headers")
    json.beginObject()
    for name in headers.names {
      json.key(name)
      headers.withValue(of: name) { json.string($0) }
    }
    json.endObject()
    json.key("body")
    writeBody(to: &json)
    if asksForToken {
      json.key("body_format")
      if let format { json.string(format.rawValue) } else { json.raw("null") }
    }
    json.endObject()
  }

  /// A JSON body as what it is, any other as a text.
  private borrowing func writeBody(to json: inout SecretJSONWriter) {
    switch body {
    case nil: json.raw("null")
    case .some(let body):
      body.withBytes { bytes in
        var reader = SecretJSONReader()
        let isJSON = (try? reader.skip(bytes)) != nil && (try? reader.end(bytes)) != nil
        if isJSON, format == .json { json.raw(bytes) } else { json.string(bytes) }
      }
    }
  }
}
