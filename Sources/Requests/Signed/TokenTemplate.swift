internal import Basics
internal import Secrets
internal import Signing

/// A JSON Web Token that an entry describes: header and payload as templates, the key that signs, and how long the token
/// is good for. Read from `token`, and from an `assertion` of type `jwt`.
struct TokenTemplate {
  let header: Value.Map
  let payload: Value.Map
  /// A template. A `||` in it is part of the key.
  let key: String
  /// In seconds.
  let lifetime: Int64
  /// Whether a key for HMAC is taken as it is written, instead of as hexadecimal digits.
  let isPlainSecret: Bool
  /// What it is called in sentences.
  let place: String

  /// What `token` says; nil when the entry has none.
  init?(token entry: Value.Map) {
    guard let token = entry["token"]?.map else { return nil }
    let milliseconds = token["expires_in_ms"]?.wholeNumber
    self.init(
      token, key: token["signing_key"]?.text, lifetime: milliseconds.map { $0 / 1000 },
      encoding: token["hmac_secret_encoding"] ?? entry["signature"]?["hmac_secret_encoding"],
      place: "the signed token")
  }

  /// What an `assertion` of type `jwt` says.
  init(assertion: Value.Map) {
    self.init(
      assertion, key: assertion["key"]?.text, lifetime: assertion["lifetimeInSeconds"]?.wholeNumber,
      encoding: assertion["hmac_secret_encoding"], place: "the assertion")
  }

  private init(
    _ map: Value.Map, key: String?, lifetime: Int64?, encoding: Value?, place: String
  ) {
    header = map["header"]?.map ?? .init()
    payload = map["payload"]?.map ?? .init()
    self.key = key ?? ""
    self.lifetime = RequestSigning.lifetime(lifetime)
    isPlainSecret = encoding?.text == "utf8"
    self.place = place
  }

  /// The token. Members without a value are left out; `iat` and `exp` are added where the entry does not write them.
  func signed(
    from sources: borrowing TemplateContext, secrets writer: TemplateWriter
  ) throws(RequestError) -> SecretBuffer {
    let name = header["alg"]?.text ?? TokenAlgorithm.rs256.rawValue
    guard let algorithm = TokenAlgorithm(rawValue: name) else {
      throw .badArgument(function: place, why: "its entry names an algorithm that is not known")
    }
    let signingKey = try signingKey(algorithm, from: sources, writer)
    let start = sources.issued(lifetime: lifetime)
    var writer = writer
    writer.now = start
    let header = try TokenObject(members: header, writer: writer).json(
      .init(before: [("alg", .string(name)), ("typ", .string("JWT"))]), from: sources)
    let payload = try TokenObject(members: payload, writer: writer).json(
      times(from: start), from: sources)
    return try header.withBytes { header throws(RequestError) in
      try payload.withBytes { payload throws(RequestError) in
        try RequestError.ofSigning { () throws(SigningError) in
          try WebToken.sign(header: header, payload: payload, with: signingKey)
        }
      }
    }
  }

  /// When a token ends that is signed now.
  func end(from sources: borrowing TemplateContext) -> Timestamp {
    let start = sources.issued(lifetime: lifetime)
    return Timestamp(secondsSinceEpoch: start.secondsSinceEpoch + lifetime)
  }

  /// When the token was made, and when it ends.
  private func times(from start: Timestamp) -> TokenObject.Additions {
    let issued = Int(start.secondsSinceEpoch)
    return .init(after: [("iat", .int(issued)), ("exp", .int(issued + Int(lifetime)))])
  }

  /// What the token says, as `jwt_header` and `jwt_claims`, and the key of an HMAC as `hmac_sha256_key_hex`: what a
  /// signature does not show. A member that cannot be computed is left out.
  func writeOutline(
    to json: inout SecretJSONWriter, from sources: borrowing TemplateContext,
    secrets writer: TemplateWriter
  ) throws(RequestError) {
    let header = try TokenObject(members: header, writer: writer, leavesOutFailures: true)
      .json(.init(), from: sources)
    let payload = try TokenObject(members: payload, writer: writer, leavesOutFailures: true)
      .json(times(from: sources.now), from: sources)
    if self.header["alg"]?.text == TokenAlgorithm.hs256.rawValue {
      let key = try sharedKey(from: sources, writer)
      var digits = SecretWriter()
      key.withBytes { digits.append(hex: $0) }
      json.key("hmac_sha256_key_hex")
      digits.withBytes { json.string($0) }
    }
    json.key("jwt_claims")
    payload.withBytes { json.raw($0) }
    json.key("jwt_header")
    header.withBytes { json.raw($0) }
  }

  /// The bytes of a key for HMAC.
  private func sharedKey(
    from sources: borrowing TemplateContext, _ writer: TemplateWriter
  ) throws(RequestError) -> SecretBuffer {
    let text = try writer.needed(key, for: place, from: sources)
    if isPlainSecret { return text }
    guard let bytes = text.withBytes({ SecretBuffer(hex: $0) }) else { throw .badKey(.notHex) }
    return bytes
  }

  private func signingKey(
    _ algorithm: TokenAlgorithm, from sources: borrowing TemplateContext, _ writer: TemplateWriter
  ) throws(RequestError) -> SigningKey {
    let text = try writer.needed(key, for: place, from: sources)
    return try text.withBytes { text throws(RequestError) in
      try RequestError.ofKey { () throws(KeyFault) in
        guard algorithm.keyKind == .shared else { return try SigningKey(pem: text, for: algorithm) }
        if isPlainSecret { return try SigningKey(shared: text, for: algorithm) }
        return try SigningKey(hex: text, for: algorithm)
      }
    }
  }
}

extension Value {
  /// A whole number, also one that is written as a text.
  var wholeNumber: Int64? { text.flatMap { Int64($0) } }
}
