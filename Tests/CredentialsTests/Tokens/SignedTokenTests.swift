import Basics
import Crypto
import CryptoExtras
import Drafts
import Requests
import Secrets
import Testing

/// The mode JWT: a token that the entry describes, signed here, then the entry's own check with it.
@Suite struct SignedTokens {
  private static let now: Int64 = 1_787_576_709

  /// An entry of this mode.
  ///
  /// - Parameters:
  ///   - token: the members of `token` besides its life of 5 minutes.
  ///   - headers: of the proxy.
  ///   - endpoints: of the check; empty for none.
  private static func entry(
    _ token: String, headers: String = "", endpoints: String = #""/me""#
  ) -> String {
    """
    {"display_name":"Acme","auth_mode":"JWT","signature":{"protocol":"RSA"},
     "token":{"expires_in_ms":300000,\(token)},
     "proxy":{"base_url":"https://api.acme.example","headers":{\(headers)},
      "verification":{"endpoints":[\(endpoints)]}},
     "credentials":{"issuer":{"type":"string","title":"Issuer"},
      "scope":{"type":"string","title":"Scopes","optional":true},
      "privateKey":{"type":"string","title":"Signing Key"}}}
    """
  }

  private static let rsa = entry(
    """
    "signing_key":"${credentials.privateKey}",
    "header":{"alg":"RS256","kid":"${credentials.keyId}"},
    "payload":{"iss":"${credentials.issuer}","scope":["${credentials.scope}"],"aud":"acme",
     "sub":"${credentials.issuer}.${fingerprint(${credentials.privateKey})}"}
    """)

  private static func request(
    _ json: String, _ values: KeyValuePairs<String, String>
  ) -> String {
    SessionUnderTest(json, values, now: now).next()
  }

  @Test func `the token is the entry's, signed with the key, and goes along`() throws {
    let request = Self.request(
      Self.rsa, ["credentials.issuer": "ann", "credentials.privateKey": TestKeys.rsa])
    #expect(request.hasPrefix("GET https://api.acme.example/me authorization: Bearer ey"))
    let token = TokenParts(behind: "Bearer ", in: request)
    #expect(token.header == #"{"typ":"JWT","alg":"RS256"}"#)
    #expect(
      token.payload == #"{"iss":"ann","aud":"acme","sub":"ann.\#(TestKeys.fingerprint)","#
        + #""iat":1787576709,"exp":1787577009}"#)
    let key = try _RSA.Signing.PublicKey(unsafePEMRepresentation: TestKeys.rsaPublic)
    let isSigned = key.isValidSignature(
      .init(rawRepresentation: token.signature), for: SHA256.hash(data: token.message),
      padding: .insecurePKCS1v1_5)
    #expect(isSigned)
  }

  @Test func `a list is divided at commas, and members without a value are left out`() {
    let request = Self.request(
      Self.rsa,
      [
        "credentials.issuer": "ann", "credentials.privateKey": TestKeys.rsa,
        "credentials.scope": "read, write,,", "credentials.keyId": "k1",
      ])
    let token = TokenParts(behind: "Bearer ", in: request)
    #expect(token.header == #"{"typ":"JWT","alg":"RS256","kid":"k1"}"#)
    #expect(token.payload.contains(#""scope":["read","write"],"#))
  }

  @Test func `a curve's signature is that of its key`() throws {
    let json = Self.entry(
      #""signing_key":"${privateKey}","header":{"alg":"ES256"},"payload":{"iss":"${issuer}"}"#)
    let request = Self.request(
      json, ["credentials.issuer": "ann", "credentials.privateKey": StandardKeys.ellipticPKCS8])
    let token = TokenParts(behind: "Bearer ", in: request)
    let key = try P256.Signing.PublicKey(pemRepresentation: StandardKeys.ellipticPublic)
    let isSigned = try key.isValidSignature(
      .init(rawRepresentation: token.signature), for: token.message)
    #expect(isSigned)
  }

  /// Python's hmac made these two.
  @Test func `a pair of id and secret is divided, and its secret read as hexadecimal`() {
    let json = Self.entry(
      """
      "signing_key":"${credentials.privateKey.secret}",
      "header":{"alg":"HS256","typ":"JWT","kid":"${credentials.privateKey.id}"},
      "payload":{"aud":"/admin/"}
      """, headers: #""authorization":"Ghost ${accessToken}""#)
    #expect(
      Self.request(json, ["credentials.privateKey": "key-1:00ff10a0"])
        == "GET https://api.acme.example/me authorization: Ghost "
        + "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImtleS0xIn0."
        + "eyJhdWQiOiIvYWRtaW4vIiwiaWF0IjoxNzg3NTc2NzA5LCJleHAiOjE3ODc1NzcwMDl9."
        + "--umws7-1_0KG-Wxt7twrJETQ00SNZeGdR0hqkCL0Rw")
  }

  @Test(arguments: ["token", "signature"])
  func `a plain secret is taken as it is, and a double bar is part of it`(place: String) {
    let encoding = #""hmac_secret_encoding":"utf8","#
    let json = """
      {"auth_mode":"JWT","signature":{\(place == "signature" ? encoding : "")"protocol":"HMAC"},
       "token":{\(place == "token" ? encoding : "")"expires_in_ms":300000,
        "signing_key":"${credentials.id}||${credentials.key}",
        "header":{"alg":"HS256","typ":"JWT"},"payload":{"iss":"${credentials.id}"}},
       "proxy":{"base_url":"https://a.example","verification":{"endpoints":["/me"]}}}
      """
    #expect(
      Self.request(json, ["credentials.id": "k-1", "credentials.key": "p||ä EXAMPLE"])
        == "GET https://a.example/me authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
        + "eyJpc3MiOiJrLTEiLCJpYXQiOjE3ODc1NzY3MDksImV4cCI6MTc4NzU3NzAwOX0."
        + "Lv1CakcBtAS1zwnswW5zHjTuTsn6_W_nDO17QwA8nNE")
  }

  @Test func `one token serves all endpoints, and a refusal is read as anywhere`() {
    let json = Self.entry(
      #""signing_key":"${privateKey}","header":{"alg":"ES256"}"#, endpoints: #""/a","/b""#)
    let session = SessionUnderTest(json, ["credentials.privateKey": StandardKeys.ellipticPKCS8])
    let first = session.next()
    session.answer(404)
    #expect(session.next() == first.replacing("/a ", with: "/b "))
    session.answer(401)
    #expect(session.next() == "done: refused")
  }

  @Test(arguments: [
    ("not a key", "is not a PEM key", "paste the whole file"),
    (StandardKeys.encrypted, "protected with a passphrase", "take the passphrase off"),
    (TestKeys.rsaPublic, "this is the public one", "paste the whole file"),
    (StandardKeys.ellipticPKCS8, "but RS256 needs an RSA key", "make a new key"),
    (String(TestKeys.rsa.prefix(400)), "private key is", ""),
  ])
  func `a key that cannot sign is named as the form names it, and asked of nobody`(
    key: String, why: String, next: String
  ) {
    for json in [Self.rsa, Self.rsa.replacing(#""/me""#, with: "")] {
      let session = SessionUnderTest(
        json, ["credentials.issuer": "ann", "credentials.privateKey": key])
      #expect(session.next() == "done: wrong_kind")
      let diagnosis = session.diagnosis
      #expect(diagnosis.sentence.hasPrefix("Signing Key cannot be used: "))
      #expect(diagnosis.sentence.contains(why))
      #expect(diagnosis.nextStep.lowercased().contains(next))
    }
  }

  @Test(arguments: [
    ("key-1", "colon"), (":00", "colon"), ("key-1:", "colon"), ("key-1:xyz", "hexadecimal"),
  ])
  func `half a pair, and a secret that is no number, are said to be that`(
    value: String, word: String
  ) {
    let json = Self.entry(
      #""signing_key":"${credentials.privateKey.secret}","header":{"alg":"HS256"}"#)
    let session = SessionUnderTest(json, ["credentials.privateKey": value])
    #expect(session.next() == "done: wrong_kind")
    #expect(session.diagnosis.sentence.contains(word))
  }

  @Test func `a good key of an entry without a check stays honestly unchecked`() {
    let json = Self.rsa.replacing(#""/me""#, with: "")
    let session = SessionUnderTest(
      json, ["credentials.issuer": "ann", "credentials.privateKey": TestKeys.rsa])
    #expect(session.next() == "done: uncheckable")
    #expect(session.diagnosis.sentence.contains("No check is known for Acme"))
  }

  @Test func `neither the key nor the token stands in a redacted plan`() throws {
    let json = Self.rsa.replacing(
      #""headers":{}"#,
      with: #""headers":{"x-token":"a ${accessToken}"},"query":{"t":"${accessToken}"}"#)
    let submission = Submission(
      provider: Fixture.provider(json),
      values: SecretValues(fixture: [
        "credentials.issuer": "ann", "credentials.privateKey": TestKeys.rsa,
      ]))
    let text = try CheckSession.plan(submission).json().fixtureText
    #expect(
      text
        == #"{"requests":[{"method":"GET","url":"https://api.acme.example/me?t=‹redacted›","#
        + #""headers":{"authorization":"Bearer ‹redacted›","x-token":"a ‹redacted›"},"#
        + #""body":null}]}"#)
    let revealed = try CheckSession.plan(submission).json(revealing: true).fixtureText
    #expect(revealed.contains(#""Bearer ey"#))
  }

  @Test func `a fixed time gives the same token again`() throws {
    let submission = Submission(
      provider: Fixture.provider(Self.rsa),
      values: SecretValues(fixture: [
        "credentials.issuer": "ann", "credentials.privateKey": TestKeys.rsa,
      ]))
    let moment = ReplayContext(
      now: Timestamp(secondsSinceEpoch: Self.now), randomSource: RandomSource(seed: [1]))
    let first = try CheckSession.plan(submission, at: moment).json(revealing: true).fixtureText
    let second = try CheckSession.plan(submission, at: moment).json(revealing: true).fixtureText
    #expect(first == second)
  }
}
