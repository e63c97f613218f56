package import Basics
package import Secrets
package import Signing

/// How a request's body is written.
package enum BodyFormat: String, Sendable {
  case form, json, xml, text

  /// What to call it when the provider's entry names no content type; nil for a text, which may be anything.
  package var contentType: String? {
    switch self {
    case .form: "application/x-www-form-urlencoded"
    case .json: "application/json"
    case .xml: "application/xml"
    case .text: nil
    }
  }
}

/// A request's body.
struct PreparedBody: ~Copyable {
  private let content: SecretBuffer
  let format: BodyFormat

  init(content: consuming SecretBuffer, format: BodyFormat) {
    self.content = content
    self.format = format
  }

  consuming func take() -> SecretBuffer { content }

  borrowing func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try content.withBytes(body)
  }
}

/// A request of the check, complete: what is sent, byte for byte, and where. Owned by whoever sends it and wiped with
/// it.
package struct PreparedRequest: ~Copyable, Sendable {
  /// `GET`, in capitals.
  package let method: String
  /// The absolute address. May hold a secret.
  package let url: SecretBuffer
  /// Scheme, host and port that it goes to.
  package let origin: Origin
  /// False for a request that is only shown and in whose address a mark hides where it goes.
  let isOriginKnown: Bool
  /// In the order in which they are sent.
  package let headers: PreparedHeaders
  /// Nil for a request without a body, which is not the same as an empty one.
  package let body: SecretBuffer?
  /// Shown to a server that asks for one at the TLS handshake.
  package internal(set) var clientCertificate: ClientCertificate?
  /// Nil for a request without a body.
  package let format: BodyFormat?
  /// Whether it asks for a token: the format of its body is then one that the entry's `body_format` names.
  package internal(set) var asksForToken = false
  /// Whether a compressed answer is wanted, and unpacked; else an answer is taken byte for byte.
  package internal(set) var decompresses = false
  /// Whether an answer that leads elsewhere is followed, as far as credentials may go; else it is taken as it is.
  package internal(set) var followsRedirects = true
  /// Whether whoever sends it reads the body from elsewhere; `body` is then nil.
  package internal(set) var streamsBody = false
  /// In bytes: how long a streamed body is; nil where that is not known.
  package internal(set) var streamLength: Int64?

  init(
    method: String, url: consuming SecretBuffer, headers: consuming PreparedHeaders,
    body: consuming PreparedBody?
  ) throws(RequestError) {
    let origin = try url.withBytes { bytes throws(RequestError) in
      try RequestError.origin(of: bytes)
    }
    self.init(
      method: method, url: url, origin: origin, isOriginKnown: true, headers: headers, body: body)
  }

  /// A request that is only shown: the origin of a redacted address may be no valid one, and one that only an answer
  /// tells is not known.
  init(
    method: String, shownAddress: consuming SecretBuffer, headers: consuming PreparedHeaders,
    body: consuming PreparedBody?
  ) {
    let origin = shownAddress.withBytes { bytes -> Origin? in
      let start = bytes.firstOffset(of: "://".utf8).map { $0 + 3 } ?? 0
      let end = bytes.firstOffset(from: start) { "/?#".utf8.contains($0) } ?? bytes.byteCount
      let mark = TemplateContext.standInMark(for: "")
      if bytes.extracting(0..<end).firstOffset(of: mark.utf8) != nil { return nil }
      return try? Origin(ofAddress: bytes)
    }
    self.init(
      method: method, url: shownAddress,
      origin: origin ?? Origin(scheme: .https, host: "redacted.invalid"),
      isOriginKnown: origin != nil, headers: headers, body: body)
  }

  private init(
    method: String, url: consuming SecretBuffer, origin: Origin, isOriginKnown: Bool,
    headers: consuming PreparedHeaders, body: consuming PreparedBody?
  ) {
    self.origin = origin
    self.isOriginKnown = isOriginKnown
    self.method = method
    self.url = url
    self.headers = headers
    switch consume body {
    case .some(let body):
      format = body.format
      self.body = .some(body.take())
    case nil:
      format = nil
      self.body = nil
    }
  }
}
