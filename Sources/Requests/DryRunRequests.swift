internal import BasicContainers
package import Basics
package import Drafts
package import Secrets
internal import Signing

/// All requests that a check would send, in order, or the first of a call, as `--dry-run` shows them:
/// `{"requests":[{"method":"GET","url":"…","headers":{…},"body":null}]}`, with a `body_format` (`form`, `json`, `xml` or
/// null) in requests for a token, `refused` in those that the check does not send, with the reason, and a `reason` where
/// there are no requests.
package struct DryRunRequests: ~Copyable {
  /// With a mark in place of each secret.
  var redacted = UniqueArray<PreparedRequest>()
  var revealed = UniqueArray<PreparedRequest>()
  /// Why there are none.
  let reason: String?

  /// How many there are; none when nothing can be checked.
  package var count: Int { redacted.count }

  /// What is asked first, with a mark in place of each secret: `GET api.tally.so/users/me`. Nil when nothing is asked.
  package var firstLine: String? {
    if count == 0 { return nil }
    let method = redacted[0].method
    return redacted[0].url.withBytes { url in
      let start = url.firstOffset(of: "://".utf8).map { $0 + 3 } ?? 0
      return "\(method) \(url.shownText(start..<url.byteCount))"
    }
  }

  /// The requests as JSON on one line, with a mark in place of each secret unless they are to be revealed.
  /// - Parameter objection: why a host would not be asked, as a clause; nil where nothing speaks against it.
  package borrowing func json(
    revealing: Bool = false, objection: (Origin) -> String? = { _ in nil }
  ) throws(RequestError) -> SecretBuffer {
    var json = SecretJSONWriter(escaping: .display)
    json.beginObject()
    json.key("requests")
    json.beginArray()
    for index in 0..<count {
      let refused = objection(revealed[index].origin)
      if revealing {
        revealed[index].write(to: &json, refused: refused)
      } else {
        redacted[index].write(to: &json, refused: refused)
      }
    }
    json.endArray()
    json.member("reason", ifPresent: reason)
    json.endObject()
    guard let text = json.finish() else { throw .tooLong }
    return text
  }
}

extension CheckSession {
  /// What the check would send: the check itself, played without answers. What only an answer could tell stands as a
  /// mark in the requests that follow it, and requests that are made only if earlier ones fail are among them.
  ///
  /// - Parameter replay: when, and with which chance; the same gives the same requests.
  package static func plan(
    _ submission: borrowing Submission, at replay: ReplayContext = ReplayContext()
  ) throws(RequestError) -> DryRunRequests {
    var planned = DryRunRequests(reason: reasonForNone(submission.provider))
    try dryRun(submission, at: replay, isRedacting: true) { planned.redacted.append($0) }
    try dryRun(submission, at: replay, isRedacting: false) { planned.revealed.append($0) }
    return planned
  }

  /// The origins of all requests of the check, in order and each once.
  package static func origins(of submission: borrowing Submission) -> [Origin] {
    var origins: [Origin] = []
    // What cannot be built is not sent either, so those up to there are all.
    try? dryRun(submission, at: ReplayContext(), isRedacting: false) { request in
      if request.isOriginKnown, !origins.contains(request.origin) { origins.append(request.origin) }
    }
    return origins
  }

  /// The hosts that the check sends the credentials to, in order and each once; empty when nothing can be checked.
  package static func hosts(of submission: borrowing Submission) -> [String] {
    origins(of: submission).map(\.description).reduce(into: []) { hosts, host in
      if !hosts.contains(host) { hosts.append(host) }
    }
  }

  /// More requests than any check has; one that goes on for ever ends here.
  private static let mostRequests = 64

  private static func dryRun(
    _ submission: borrowing Submission, at replay: ReplayContext, isRedacting: Bool,
    _ take: (consuming PreparedRequest) -> Void
  ) throws(RequestError) {
    var context = CheckContext(
      TemplateContext(of: submission.duplicate(), at: replay), isRedacting: isRedacting)
    var procedure = CheckMode(submission.provider).procedure
    for _ in 0..<mostRequests {
      guard let request = try procedure.next(&context) else { return }
      take(request)
      procedure.advanceWithPlaceholders(&context)
    }
  }
}

extension PreparedRequest {
  fileprivate borrowing func write(to json: inout SecretJSONWriter, refused: String?) {
    json.beginObject()
    writeHead(to: &json)
    writeBody(to: &json)
    if asksForToken { writeFormat(to: &json) }
    json.member("refused", ifPresent: refused)
    json.endObject()
  }
}
