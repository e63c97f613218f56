import Basics
import Requests
import Secrets
import Signing
import TestSupport
import Testing

/// Keys in the shapes in which forms receive them, and what is said of those that do not fit.
@Suite struct SigningKeys {
  /// What RS256 makes of a key; the same for every shape of the same key.
  private static func signature(_ pem: String) throws -> String {
    try WebTokens.sign("{}", "payload", with: WebTokens.key(pem: pem, .rs256))
  }

  private static func encoded(_ text: String) -> String {
    var base64 = SecretWriter()
    SecretBuffer(fixture: text).withBytes { base64.append(base64: $0) }
    return base64.finish()?.fixtureText ?? ""
  }

  private static let body = TestKeys.rsa.split(separator: "\n").dropFirst().dropLast()

  static let shapes: [String] = [
    TestKeys.rsaTraditional,
    TestKeys.rsa.split(separator: "\n").joined(separator: "\\n"),
    TestKeys.rsa.split(separator: "\n").joined(separator: "\\\\n") + "\\\\n",
    TestKeys.rsa.split(separator: "\n").joined(separator: "\r\n"),
    TestKeys.rsa.split(separator: "\n").joined(separator: " "),
    "\n  \t" + TestKeys.rsa + "\r\n\r\n",
    "\"" + TestKeys.rsa.split(separator: "\n").joined(separator: "\\n") + "\"",
    body.joined(),
    body.joined(separator: "\n"),
    encoded(TestKeys.rsa),
    encoded(body.joined()),
    encoded(encoded(body.joined())),
    "-----BEGIN PRIVATE KEY-----\n\(encoded(body.joined()))\n-----END PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\n\(body.joined())",
    TestKeys.rsaPublic + "\n" + TestKeys.rsa,
  ]

  @Test(arguments: shapes)
  func `a key is read in every shape`(pem: String) throws {
    #expect(try Self.signature(pem) == Self.signature(TestKeys.rsa))
  }

  @Test(arguments: [StandardKeys.ellipticPKCS8, StandardKeys.ellipticSEC1])
  func `a key for a curve is read in both forms`(pem: String) throws {
    _ = try WebTokens.key(pem: pem, .es256)
  }

  @Test(
    arguments: [
      ("nothing", .notPEM), ("", .notPEM), ("-----BEGIN PRIVATE KEY-----", .notPEM),
      ("-----BEGIN PRIVATE KEY-----\n\n-----END PRIVATE KEY-----", .notPEM),
      (TestKeys.rsaPublic, .isPublic), (StandardKeys.ellipticPublic, .isPublic),
      ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", .isCertificate),
      (StandardKeys.encrypted, .encrypted), (StandardKeys.encryptedTraditional, .encrypted),
      ("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4\n\nMAMCAQA=\n-----END", .encrypted),
      (StandardKeys.ellipticPKCS8, .wrongKind(.p256, for: .rs256)),
      (TestKeys.ed25519, .wrongKind(.ed25519, for: .rs256)),
      ("MIIBVQIBADANBgkqhkiG9w0BAQEFAASCAT8=", .notPEM),
      ("MAMCAQA=", .unknownForm), ("MAYCAQACAQA=", .isPublic),
    ] as [(String, KeyFault)])
  func `what is no key for the algorithm is called by its name`(pem: String, fault: KeyFault) {
    #expect(throws: fault) { _ = try WebTokens.key(pem: pem, .rs256) }
  }

  @Test func `a key for RSA-PSS signs by PSS only`() throws {
    // The algorithm's identifier is one byte another; the key is the same.
    let encoded = TestKeys.rsa.split(separator: "\n").dropFirst().dropLast().joined()
    var bytes = try #require(Base64.padded.decode(Array(encoded.utf8)))
    let name: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
    bytes[place + name.count - 1] = 0x0A
    let text = String(decoding: Base64.padded.encode(bytes), as: UTF8.self)
    _ = try WebTokens.key(pem: text, .ps256)
    #expect(throws: KeyFault.wrongKind(.rsaPSS, for: .rs256)) {
      _ = try WebTokens.key(pem: text, .rs256)
    }
    #expect(
      KeyFault.wrongKind(.rsaPSS, for: .rs256).sentence
        == "the private key is an RSA-PSS key, but RS256 needs an RSA key")
  }

  @Test func `the reason says what the key is and what is needed`() {
    let fault = KeyFault.wrongKind(.p256, for: .rs256)
    #expect(
      fault.sentence == "the private key is an EC key for P-256, but RS256 needs an RSA key")
    #expect(KeyFault.notPEM.sentence == "the private key is not a PEM key")
  }

  @Test func `shared secrets are bytes, or hexadecimal digits`() throws {
    let text = SecretBuffer(fixture: " 6b6579 \n")
    let hex = try text.withBytes { text throws(KeyFault) in
      try SigningKey(hex: text, for: .hs256)
    }
    let plain = SecretBuffer(fixture: "key")
    let key = try plain.withBytes { plain throws(KeyFault) in
      try SigningKey(shared: plain, for: .hs256)
    }
    #expect(try WebTokens.sign("{}", "a", with: hex) == WebTokens.sign("{}", "a", with: key))
  }

  @Test(arguments: [("6b657", KeyFault.notHex), ("zz", .notHex), ("", .empty)])
  func `what is no shared secret is refused`(text: String, fault: KeyFault) {
    #expect(throws: fault) {
      let text = SecretBuffer(fixture: text)
      _ = try text.withBytes { text throws(KeyFault) in
        try SigningKey(hex: text, for: .hs256)
      }
    }
  }

  @Test(
    arguments: [
      ("{", .notJWK), ("[]", .notJWK), (#"{"kty":"RSA","n":"AQ","e":"AQAB"}"#, .isPublicJWK),
      (#"{"keys":[{"kty":"RSA"}]}"#, .isKeySet), (#"{"kty":"RSA","kid":7}"#, .badKeyID),
      (#"{"kty":"RSA","n":"AQ","e":"AQAB","d":"AQ"}"#, .badNumbers),
      (#"{"kty":"oct","k":"AQ"}"#, .wrongKind(.shared, for: .rs256)),
      (#"{"kty":"DSA"}"#, .unknownForm),
      (StandardKeys.p256, .wrongKind(.p256, for: .rs256)),
    ] as [(String, KeyFault)])
  func `what is no JSON Web Key for the algorithm is refused`(jwk: String, fault: KeyFault) {
    #expect(throws: fault) {
      let text = SecretBuffer(fixture: jwk)
      let key = try text.withBytes { text throws(KeyFault) in try JSONWebKey(text) }
      _ = try key.signingKey(for: .rs256)
    }
  }

  @Test func `no bytes that look like a key can crash the reader`() {
    var random = SeededRandom(seed: 7)
    let pieces = [
      "-----BEGIN ", "PRIVATE KEY", "-----", "-----END ", "\n", "\\n", "MII", "MAIC", "AQAB",
      "MDAw", "=", "\u{0}", "é", "ENCRYPTED", "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg",
    ]
    for _ in 0..<2000 {
      let text = (0..<random.below(16)).map { _ in pieces[random.below(pieces.count)] }.joined()
      _ = try? WebTokens.key(pem: text, .rs256)
      _ = try? WebTokens.key(pem: Self.encoded(text), .es256)
    }
  }
}
