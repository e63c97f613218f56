package import Basics
package import Secrets

/// The Authorization header of OAuth 1.0a (RFC 5849): who asks, for whom, and a signature over the whole request.
package struct OAuthOneHeader: ~Copyable {
  /// How the signature is made.
  package enum Method: String {
    case hmacSHA1 = "HMAC-SHA1"
    case hmacSHA256 = "HMAC-SHA256"
    /// The key itself, over nothing (section 3.4.4).
    case plaintext = "PLAINTEXT"
  }

  /// One half of what signs: its name goes along, its secret does not.
  package struct Pair: ~Copyable {
    let name: SecretBuffer
    let secret: SecretBuffer

    /// Both are wiped with the pair.
    package init(name: consuming SecretBuffer, secret: consuming SecretBuffer) {
      self.name = name
      self.secret = secret
    }
  }

  /// How the header is laid out.
  package enum Layout: Sendable {
    /// Parameters in the order of their names, a comma and a blank between.
    case sorted
    /// The signature last of all, and commas alone: as tokens are asked for.
    case signatureLast
  }

  let consumer: Pair
  /// Nil while there is no token yet.
  let token: Pair?
  /// Of the protocol, besides those that every request has: `oauth_callback`, `oauth_verifier`.
  let additional: SecretMap<String>
  let layout: Layout
  /// Where the account lives; not part of what is signed. Nil: none is sent.
  let realm: SecretBuffer?
  let method: Method
  /// Never used twice with the same time.
  let nonce: String
  let now: Timestamp
  /// `oauth_version` is optional, and a server may take a request without it for another one.
  var hasVersion = true

  /// - Parameters:
  ///   - consumer: the client. Both pairs are wiped with the header.
  ///   - token: nil while there is none yet.
  ///   - additional: parameters of the protocol besides those that every request has.
  ///   - realm: where the account lives; nil when none is sent.
  ///   - nonce: never used twice with the same time.
  package init(
    consumer: consuming Pair, token: consuming Pair?,
    additional: consuming SecretMap<String> = SecretMap(), realm: consuming SecretBuffer?,
    method: Method, layout: Layout = .sorted, nonce: String, now: Timestamp,
    hasVersion: Bool = true
  ) {
    self.consumer = consumer
    self.token = token
    self.additional = additional
    self.layout = layout
    self.realm = realm
    self.method = method
    self.nonce = nonce
    self.now = now
    self.hasVersion = hasVersion
  }

  /// - Parameters:
  ///   - verb: the request's method, in capitals.
  ///   - url: the absolute address with its query.
  ///   - form: the body when it is a form, else empty.
  package borrowing func value(
    verb: String, url: RawSpan, form: RawSpan = RawSpan()
  ) throws(SigningError) -> SecretBuffer {
    let signature = try signature(verb: verb, url: url, form: form)
    var header = SecretWriter()
    header.append(text: "OAuth ")
    switch realm {
    case .some(let realm):
      header.append(text: "realm=\"")
      realm.withBytes { header.append(percentEncoded: $0) }
      header.append(text: "\", ")
    case nil: break
    }
    let comma = layout == .sorted ? ", " : ","
    var isFirst = true
    func append(_ name: String, _ value: RawSpan, to header: inout SecretWriter) {
      if !isFirst { header.append(text: comma) }
      isFirst = false
      header.append(text: "\(name)=\"")
      header.append(percentEncoded: value)
      header.append(text: "\"")
    }
    forEachParameter { name, value in
      if layout == .sorted, name == "oauth_signature_method" {
        signature.withBytes { append("oauth_signature", $0, to: &header) }
      }
      append(name, value, to: &header)
    }
    if layout == .signatureLast {
      signature.withBytes { append("oauth_signature", $0, to: &header) }
    }
    guard let text = header.finish() else { throw .tooLong }
    return text
  }

  /// In the form in which it is sent, not yet encoded for the header.
  private borrowing func signature(
    verb: String, url: RawSpan, form: RawSpan
  ) throws(SigningError) -> SecretBuffer {
    var key = SecretWriter()
    consumer.secret.withBytes { key.append(percentEncoded: $0) }
    key.append(UInt8(ascii: "&"))
    switch token {
    case .some(let token): token.secret.withBytes { key.append(percentEncoded: $0) }
    case nil: break
    }
    if method == .plaintext {
      guard let key = key.finish() else { throw .tooLong }
      return key
    }
    let base = try signatureBase(verb: verb, url: url, form: form)
    let code = base.withBytes { base in
      key.withBytes { key in
        method == .hmacSHA1
          ? Digests.hmacSHA1(base, key: key) : Digests.hmacSHA256(base, key: key)
      }
    }
    var encoded = SecretWriter()
    code.withBytes { encoded.append(base64: $0) }
    guard let text = encoded.finish() else { throw .tooLong }
    return text
  }

  /// The text that is signed (section 3.4.1): method, address and all parameters.
  borrowing func signatureBase(
    verb: String, url: RawSpan, form: RawSpan = RawSpan()
  ) throws(SigningError) -> SecretBuffer {
    let parts = try SigningError.parts(of: url)
    var address = SecretWriter()
    address.append(text: "\(parts.origin.scheme.rawValue)://\(parts.origin)")
    if parts.path.isEmpty { address.append(UInt8(ascii: "/")) }
    address.append(url.extracting(parts.path))
    var parameters = CanonicalParameters()
    parameters.append(form: url.extracting(parts.query))
    parameters.append(form: form)
    forEachParameter { parameters.append(name: $0, value: $1) }
    guard let parameters = parameters.joined() else { throw .tooLong }

    var text = SecretWriter()
    text.append(text: "\(verb)&")
    address.withBytes { text.append(percentEncoded: $0) }
    text.append(UInt8(ascii: "&"))
    parameters.withBytes { text.append(percentEncoded: $0) }
    guard let text = text.finish() else { throw .tooLong }
    return text
  }

  /// The protocol's own parameters without the signature, in the order of the header, which is that of their names.
  private borrowing func forEachParameter(_ body: (String, RawSpan) -> Void) {
    var parameters = additional.duplicate()
    func set(_ name: String, _ value: String) {
      parameters.set(name, to: SecretBuffer(text: value, capacity: 1))
    }
    parameters.set("oauth_consumer_key", to: consumer.name.duplicate())
    set("oauth_nonce", nonce)
    set("oauth_signature_method", method.rawValue)
    set("oauth_timestamp", String(now.secondsSinceEpoch))
    switch token {
    case .some(let token): parameters.set("oauth_token", to: token.name.duplicate())
    case nil: break
    }
    if hasVersion { set("oauth_version", "1.0") }
    for name in parameters.keys.sorted() { parameters.withBytes(of: name) { body(name, $0) } }
  }
}
