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

  let consumer: Pair
  let token: Pair
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
  ///   - realm: where the account lives; nil when none is sent.
  ///   - nonce: never used twice with the same time.
  package init(
    consumer: consuming Pair, token: consuming Pair, realm: consuming SecretBuffer?,
    method: Method, nonce: String, now: Timestamp, hasVersion: Bool = true
  ) {
    self.consumer = consumer
    self.token = token
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
    var separator = ""
    forEachParameter { name, value in
      if name == "oauth_signature_method" {
        header.append(text: "\(separator)oauth_signature=\"")
        signature.withBytes { header.append(percentEncoded: $0) }
        header.append(text: "\"")
      }
      header.append(text: "\(separator)\(name)=\"")
      header.append(percentEncoded: value)
      header.append(text: "\"")
      separator = ", "
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
    token.secret.withBytes { key.append(percentEncoded: $0) }
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
    func text(_ name: String, _ value: String) {
      value.withBytes { body(name, $0) }
    }
    consumer.name.withBytes { body("oauth_consumer_key", $0) }
    text("oauth_nonce", nonce)
    text("oauth_signature_method", method.rawValue)
    text("oauth_timestamp", String(now.secondsSinceEpoch))
    token.name.withBytes { body("oauth_token", $0) }
    if hasVersion { text("oauth_version", "1.0") }
  }
}
