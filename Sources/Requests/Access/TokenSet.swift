package import Basics
package import Secrets

/// An access token, and what its provider gave with it: a refresh token, cookies, an assertion that can be used again, the
/// members of the answer that the entry's templates name.
///
/// Cannot be copied; wiped with its owner. At rest it is sealed, in a row of its own beside the connection.
package struct TokenSet: ~Copyable, Sendable {
  /// By the names under which templates find them: `accessToken`, `refreshToken`, `credentials.raw.id`.
  package var values: SecretMap<String>
  /// When it was got or made.
  package var obtained: Timestamp
  /// When the access token ends; nil when that is not known.
  package var expires: Timestamp?
  /// How requests carry it, as OAuth calls it: `Bearer`. Nil for one that is no bearer token.
  package var type: String?
  /// When the signed assertion ends that is among the values; nil where there is none.
  package var assertionExpires: Timestamp?
  /// Of a token that a person's consent gave: how long before its end it is renewed at most, in seconds. Nil for one that
  /// kept credentials get again at any time.
  package var consentBuffer: Int64?

  package init(
    values: consuming SecretMap<String>, obtained: Timestamp, expires: Timestamp? = nil,
    type: String? = nil, assertionExpires: Timestamp? = nil, consentBuffer: Int64? = nil
  ) {
    self.values = values
    self.obtained = obtained
    self.expires = expires
    self.type = type
    self.assertionExpires = assertionExpires
    self.consentBuffer = consentBuffer
  }

  /// Whether only a person's consent gives such a token again, once there is nothing to renew it with.
  package var isOfConsent: Bool { consentBuffer != nil }

  /// Under which name the access token is among the values. Temporary credentials of AWS have three others instead.
  package static let accessTokenName = TemplateContext.tokenName
  /// Under which name the refresh token is among them, where there is one. It is handed out to nobody.
  package static let refreshTokenName = "refreshToken"
  /// Under which names the temporary credentials of AWS are among them.
  package static let awsNames = (
    keyID: STSRequest.Temporary.keyID.rawValue, secretKey: STSRequest.Temporary.secretKey.rawValue,
    sessionToken: STSRequest.Temporary.sessionToken.rawValue
  )

  /// Lends the access token for the length of `body`; empty where requests carry something else.
  package borrowing func withAccessToken<Result: ~Copyable, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try values.withBytes(of: Self.accessTokenName, body)
  }

  /// A second copy, with an owner of its own.
  package borrowing func duplicate() -> TokenSet {
    TokenSet(
      values: values.duplicate(), obtained: obtained, expires: expires, type: type,
      assertionExpires: assertionExpires, consentBuffer: consentBuffer)
  }
}

extension TokenSet {
  /// In seconds: how long before its end a token is renewed, unless it lives so shortly that this would be too early.
  package static let usualBuffer: Int64 = 15 * 60

  /// In seconds: how long before its end it is not handed out any more, a quarter of an hour unless its provider's entry says
  /// another time, or a third of its life where that is less.
  package var buffer: Int64 {
    guard let expires else { return 0 }
    let life = max(0, expires.secondsSinceEpoch - obtained.secondsSinceEpoch)
    return min(consentBuffer ?? Self.usualBuffer, life / 3)
  }

  /// Whether it can still be handed out.
  /// - Parameter least: how long it has to be valid still, in seconds; its own buffer where nothing is asked.
  package func isGood(at now: Timestamp, forAtLeast least: Int64? = nil) -> Bool {
    guard let expires else { return true }
    return expires.secondsSinceEpoch - now.secondsSinceEpoch > least ?? buffer
  }
}

/// `{"obtained":"…","expires":"…","type":"Bearer","assertion_expires":"…","renewed_before_end":900,`
/// `"values":{"accessToken":"…"}}`
extension TokenSet {
  /// Writes the values straight into the writer's locked memory.
  package borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("obtained", obtained.description)
    if let expires { json.member("expires", expires.description) }
    if let type { json.member("type", type) }
    if let assertionExpires { json.member("assertion_expires", assertionExpires.description) }
    if let consentBuffer {
      json.key("renewed_before_end")
      json.number(consentBuffer)
    }
    json.key("values")
    json.beginObject()
    for name in values.keys {
      json.key(name)
      values.withBytes(of: name) { json.string($0) }
    }
    json.endObject()
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> TokenSet? {
    var texts: [String: String] = [:]
    var values = SecretMap<String>()
    var hasValues = false
    var consentBuffer: Int64?
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "obtained", "expires", "type", "assertion_expires":
        texts[member] = try reader.plainString(text)
      case "renewed_before_end": consentBuffer = try reader.integer(text)
      case "values":
        hasValues = true
        try reader.object(text) { name, reader throws(JSONError) in
          values.set(name, to: try reader.string(text))
        }
      default: throw reader.failure(.unexpected)
      }
    }
    guard hasValues, let obtained = texts["obtained"].flatMap({ Timestamp($0) }) else { return nil }
    let expires = texts["expires"].flatMap { Timestamp($0) }
    let assertionExpires = texts["assertion_expires"].flatMap { Timestamp($0) }
    guard (expires == nil) == (texts["expires"] == nil),
      (assertionExpires == nil) == (texts["assertion_expires"] == nil)
    else { return nil }
    return TokenSet(
      values: values, obtained: obtained, expires: expires, type: texts["type"],
      assertionExpires: assertionExpires, consentBuffer: consentBuffer)
  }
}
