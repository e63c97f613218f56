internal import Basics
package import Drafts
package import Requests
package import Secrets

/// The one job of a helper process, which it is told when the job is wanted, once, after the `HelperSettings`:
/// `{"submission":{…}}` for a check, `{"token":{"submission":{…},"known":{…}}}`,
/// `{"call":{"submission":{…},"token":{…},"request":{…},"shows_head":true}}`, `{"link":{"kind":"redeem","flow":{…},…}}`,
/// or `{"revocation":{"submission":{…},"token":{…}}}`.
package enum HelperRequest: ~Copyable, Sendable {
  /// To find out whether a submission is good.
  case check(Submission)
  /// To get a token.
  case token(HelperFetch)
  /// To make a request through a linked account.
  case call(HelperCall)
  /// To ask what it takes to link an account.
  case link(LinkJob)
  /// To take values back.
  case revocation(RevocationOrder)

  /// The most bytes that are taken. A submission holds the provider's entry and may hold several key files of
  /// `SecretBuffer.fileCapacity`; a call's body has at most `CallBody.contentLimit`, which is a third more in Base64.
  package static let limit = 16 * 1024 * 1024

  /// The request with its length before it, ready to be sent: from here on the only copy of the values. Nil when it is
  /// longer than the process would take.
  package consuming func framed() -> SecretBuffer? {
    HelperFrame.write(limit: Self.limit) { json in write(to: &json) }
  }

  private borrowing func write(to json: inout SecretJSONWriter) {
    switch self {
    case .check(let submission):
      json.key("submission")
      submission.write(to: &json)
    case .token(let fetch):
      json.key("token")
      fetch.write(to: &json)
    case .call(let call):
      json.key("call")
      call.write(to: &json)
    case .link(let job):
      json.key("link")
      job.write(to: &json)
    case .revocation(let order):
      json.key("revocation")
      order.write(to: &json)
    }
  }

  /// Reads what stands in a frame; nil when it is no request.
  package init?(_ text: RawSpan) {
    var request: HelperRequest?
    var count = 0
    var reader = JSONReader()
    do throws(JSONError) {
      try reader.object(text) { member, reader throws(JSONError) in
        count += 1
        switch member {
        case "submission":
          if let submission = try Submission.read(text, &reader) { request = .check(submission) }
        case "token": if let fetch = try HelperFetch.read(text, &reader) { request = .token(fetch) }
        case "call": if let call = try HelperCall.read(text, &reader) { request = .call(call) }
        case "link": if let job = try LinkJob.read(text, &reader) { request = .link(job) }
        case "revocation":
          if let order = try RevocationOrder.read(text, &reader) { request = .revocation(order) }
        default: throw reader.failure(.unexpected)
        }
      }
      try reader.end(text)
    } catch {
      return nil
    }
    guard count == 1, let request = request.take() else { return nil }
    self = request
  }
}

extension SecretJSONWriter {
  /// Nothing where there is no token.
  mutating func member(_ key: String, _ token: borrowing TokenSet?) {
    switch token {
    case .some(let token):
      self.key(key)
      token.write(to: &self)
    case nil: break
    }
  }
}
