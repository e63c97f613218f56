import Basics
import Catalogues
import Crypto
import CryptoExtras
import Drafts
import FoundationEssentials
import Requests
import Secrets
import Testing

/// How a client of OAuth proves itself by a key: a signed assertion in the request, or a certificate at the handshake.
@Suite struct ClientProofs {
  private static let now: Int64 = 1_787_576_709

  private static let assertion = ClientCredentials.entry(
    """
    "token_request_auth_method":"private_key_jwt",
    "credentials":{"client_private_key":{"type":"string","title":"Client JWK"}}
    """)

  private static func session(_ key: String) -> SessionUnderTest {
    SessionUnderTest(
      assertion, ["credentials.client_id": "id-1", "credentials.client_private_key": key],
      now: now, seed: Array(0..<16))
  }

  @Test func `a key in place of a secret signs who the client is, for this address`() throws {
    let request = Self.session(StandardKeys.rsa).next()
    #expect(
      request.hasPrefix(
        "POST https://id.acme.example/token content-type: application/x-www-form-urlencoded "
          + "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
          + "&client_assertion=ey"))
    #expect(request.hasSuffix("&grant_type=client_credentials"))
    let token = TokenParts(behind: "&client_assertion=", in: request)
    #expect(token.header == #"{"alg":"RS256","typ":"JWT","kid":"joe-1"}"#)
    #expect(
      token.payload == #"{"iss":"id-1","sub":"id-1","aud":"https://id.acme.example/token","#
        + #""iat":1787576709,"exp":1787577009,"jti":"00010203-0405-4607-8809-0a0b0c0d0e0f"}"#)
    let key = try _RSA.Signing.PublicKey(
      n: Self.number("n"), e: Self.number("e"))
    let isSigned = key.isValidSignature(
      .init(rawRepresentation: token.signature), for: SHA256.hash(data: token.message),
      padding: .insecurePKCS1v1_5)
    #expect(isSigned)
  }

  /// A number of the standard's key.
  private static func number(_ name: String) -> Data {
    let value = try? Value(json: StandardKeys.rsa)[name]?.text
    return TokenParts(value ?? "").signature
  }

  @Test func `the assertion is for the address that the settings make`() {
    let json = Self.assertion.replacing(
      "id.acme.example", with: "${connectionConfig.site}.acme.example")
    let session = SessionUnderTest(
      json,
      [
        "credentials.client_id": "id-1", "credentials.client_private_key": StandardKeys.rsa,
        "params.site": "north",
      ])
    let token = TokenParts(behind: "&client_assertion=", in: session.next())
    #expect(token.payload.contains(#""aud":"https://north.acme.example/token""#))
  }

  @Test(arguments: [
    ("hello", "not a JSON Web Key"), (TestKeys.rsa, "not a JSON Web Key"),
    (#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#, "public"), (StandardKeys.p256, "needs an RSA key"),
  ])
  func `a key that cannot sign is named, and asked of nobody`(key: String, why: String) {
    let session = Self.session(key)
    #expect(session.next() == "done: wrong_kind")
    #expect(session.diagnosis.sentence.hasPrefix("Client JWK cannot be used: "))
    #expect(session.diagnosis.sentence.contains(why))
  }

  @Test func `a refused client is told about its key`() {
    let session = Self.session(StandardKeys.rsa)
    _ = session.next()
    session.answer(401, #"{"error":"invalid_client"}"#)
    #expect(session.diagnosis.kind == .refused)
    #expect(session.diagnosis.nextStep == "Copy Client ID and Client JWK once more.")
  }

  @Test func `the assertion is redacted, and nothing of the key stands in the plan`() throws {
    let submission = Submission(
      provider: Fixture.provider(Self.assertion),
      values: SecretValues(fixture: [
        "credentials.client_id": "id-1", "credentials.client_private_key": StandardKeys.rsa,
      ]))
    let text = try CheckSession.plan(submission).json().fixtureText
    #expect(text.contains("jwt-bearer&client_assertion=‹redacted›&grant_type="))
    #expect(!text.contains("eyJ") && !text.contains("kty"))
  }

  private static let certificate = """
    -----BEGIN CERTIFICATE-----
    MAMwAQA=
    -----END CERTIFICATE-----
    """

  private static func mutual(
    _ members: String, _ certificate: String, _ key: String
  ) -> SessionUnderTest {
    SessionUnderTest(
      ClientCredentials.entry(members),
      [
        "credentials.client_id": "id-1", "credentials.client_secret": "s",
        "credentials.client_certificate": certificate, "credentials.client_private_key": key,
      ])
  }

  @Test(arguments: ["", #""require_client_certificate":true"#])
  func `a certificate with its key is shown, demanded or not`(members: String) {
    let request = Self.mutual(members, Self.certificate, TestKeys.rsa).next()
    #expect(request.hasSuffix("grant_type=client_credentials (certificate)"))
    #expect(!request.contains("PRIVATE"))
  }

  @Test(arguments: [(certificate, ""), ("", TestKeys.rsa)])
  func `one half alone is not shown where none is demanded`(certificate: String, key: String) {
    #expect(!Self.mutual("", certificate, key).next().contains("(certificate)"))
  }

  @Test(arguments: [
    (certificate, "", "done: unclear", "no value for Private Key"),
    ("", TestKeys.rsa, "done: unclear", "no value for Client Certificate"),
    (TestKeys.rsa, TestKeys.rsa, "done: wrong_kind", "Client Certificate cannot be used"),
    (certificate, certificate, "done: wrong_kind", "Private Key cannot be used"),
    (certificate, StandardKeys.encrypted, "done: wrong_kind", "passphrase"),
  ])
  func `where one is demanded, what is missing or wrong is named`(
    certificate: String, key: String, result: String, words: String
  ) {
    let session = Self.mutual(#""require_client_certificate":true"#, certificate, key)
    #expect(session.next() == result)
    #expect(session.diagnosis.sentence.contains(words))
  }
}
