import Basics
import Catalogues
import Crypto
import CryptoExtras
import FoundationEssentials
import Requests
import Secrets
import Signing
import Testing

/// Signed tokens: the examples of the standards, and what an independent reader makes of ours.
@Suite struct WebTokens {
  /// The payload of RFC 7515, A.1 to A.3, line ends and blanks included.
  private static let payload =
    "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"

  static func sign(
    _ header: String, _ payload: String, with key: borrowing SigningKey
  ) throws -> String {
    let header = SecretBuffer(fixture: header)
    let payload = SecretBuffer(fixture: payload)
    let token = try header.withBytes { header throws(SigningError) in
      try payload.withBytes { payload throws(SigningError) in
        try WebToken.sign(header: header, payload: payload, with: key)
      }
    }
    return token.fixtureText
  }

  private static func key(jwk: String, _ algorithm: TokenAlgorithm) throws -> SigningKey {
    let text = SecretBuffer(fixture: jwk)
    let key = try text.withBytes { text throws(KeyFault) in try JSONWebKey(text) }
    return try key.signingKey(for: algorithm)
  }

  static func key(pem: String, _ algorithm: TokenAlgorithm) throws(KeyFault) -> SigningKey {
    let text = SecretBuffer(fixture: pem)
    return try text.withBytes { text throws(KeyFault) in
      try SigningKey(pem: text, for: algorithm)
    }
  }

  /// What was signed, and the signature.
  private static func split(_ token: String) -> (message: Data, signature: Data) {
    let dot = token.lastIndex(of: ".") ?? token.startIndex
    let signature = SecretBuffer(fixture: String(token[token.index(after: dot)...]))
    let bytes = signature.withBytes { SecretBuffer(base64: $0) }
    var data = Data()
    bytes?.withBytes { for offset in 0..<$0.byteCount { data.append($0[offset]) } }
    return (Data(token[..<dot].utf8), data)
  }

  /// A number of a JSON Web Key.
  private static func number(_ name: String, in jwk: String) throws -> Data {
    split(".\(try Value(json: jwk)[name]?.text ?? "")").signature
  }

  @Test func `HS256 is that of RFC 7515, A 1`() throws {
    let token = try Self.sign(
      "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}", Self.payload,
      with: Self.key(jwk: StandardKeys.hmac, .hs256))
    #expect(
      token == "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkz"
        + "ODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
        + "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
  }

  @Test(arguments: [StandardKeys.rsa, StandardKeys.rsaWithoutPrimes])
  func `RS256 is that of RFC 7515, A 2`(jwk: String) throws {
    let token = try Self.sign(
      #"{"alg":"RS256"}"#, Self.payload, with: Self.key(jwk: jwk, .rs256))
    #expect(
      token == "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9l"
        + "eGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
        + "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W"
        + "2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkS"
        + "jtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnv"
        + "Wh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw")
  }

  @Test func `EdDSA is that of RFC 8037, A 4`() throws {
    let token = try Self.sign(
      #"{"alg":"EdDSA"}"#, "Example of Ed25519 signing",
      with: Self.key(jwk: StandardKeys.ed25519, .edDSA))
    #expect(
      token == "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
        + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
  }

  @Test func `ES256 with the key of RFC 7515, A 3, is taken by its public half`() throws {
    let token = try Self.sign(
      #"{"alg":"ES256"}"#, Self.payload, with: Self.key(jwk: StandardKeys.p256, .es256))
    let (message, signature) = Self.split(token)
    // x and y of the standard's key, in the uncompressed form.
    let point = try #require(
      Data(
        base64Encoded: "BH/Nzidw9sRdQYPL7m/bS3tYBzM1e+nvE7rPbjx70VRF"
          + "x/FEzRu9m36HLN/tue659LNpXW6pCyStikYjKIWI5a0="))
    let key = try P256.Signing.PublicKey(x963Representation: point)
    #expect(try key.isValidSignature(.init(rawRepresentation: signature), for: message))
    #expect(signature.count == 64)
  }

  @Test func `ES512 with the key of RFC 7515, A 4, has numbers of 66 bytes`() throws {
    let token = try Self.sign(
      #"{"alg":"ES512"}"#, "Payload", with: Self.key(jwk: StandardKeys.p521, .es512))
    #expect(token.hasPrefix("eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA."))
    #expect(Self.split(token).signature.count == 132)
  }

  @Test func `every algorithm of a curve is taken by the public half, and not for another text`()
    throws
  {
    for _ in 0..<8 {
      let (a, b, c) = (
        P256.Signing.PrivateKey(), P384.Signing.PrivateKey(), P521.Signing.PrivateKey()
      )
      let (m1, s1) = Self.split(
        try Self.sign("{}", "a", with: Self.key(pem: a.pemRepresentation, .es256)))
      #expect(try a.publicKey.isValidSignature(.init(rawRepresentation: s1), for: m1))
      #expect(try !a.publicKey.isValidSignature(.init(rawRepresentation: s1), for: m1 + [0]))
      let (m2, s2) = Self.split(
        try Self.sign("{}", "b", with: Self.key(pem: b.pemRepresentation, .es384)))
      #expect(try b.publicKey.isValidSignature(.init(rawRepresentation: s2), for: m2))
      let (m3, s3) = Self.split(
        try Self.sign("{}", "c", with: Self.key(pem: c.pemRepresentation, .es512)))
      #expect(try c.publicKey.isValidSignature(.init(rawRepresentation: s3), for: m3))
    }
  }

  @Test(arguments: [TokenAlgorithm.rs256, .rs384, .rs512, .ps256, .ps384, .ps512])
  func `every algorithm of RSA is taken by the public half`(algorithm: TokenAlgorithm) throws {
    let (message, bytes) = Self.split(
      try Self.sign("{}", "payload", with: Self.key(jwk: StandardKeys.rsa, algorithm)))
    let own = try _RSA.Signing.PublicKey(
      n: Self.number("n", in: StandardKeys.rsa), e: Self.number("e", in: StandardKeys.rsa))
    let signature = _RSA.Signing.RSASignature(rawRepresentation: bytes)
    let padding: _RSA.Signing.Padding =
      algorithm.rawValue.hasPrefix("PS") ? .PSS : .insecurePKCS1v1_5
    let isValid: (Data) -> Bool = { message in
      if algorithm.rawValue.hasSuffix("256") {
        return own.isValidSignature(
          signature, for: SHA256.hash(data: message), padding: padding)
      }
      if algorithm.rawValue.hasSuffix("384") {
        return own.isValidSignature(
          signature, for: SHA384.hash(data: message), padding: padding)
      }
      return own.isValidSignature(
        signature, for: SHA512.hash(data: message), padding: padding)
    }
    #expect(isValid(message))
    #expect(!isValid(message + [0]))
  }

  @Test func `a payload of a mebibyte is signed, and a longer one is refused`() throws {
    let key = try Self.key(jwk: StandardKeys.hmac, .hs256)
    let whole = String(repeating: "a", count: 1 << 20)
    #expect(try Self.sign("{}", whole, with: key).utf8.count == 4 + 1_398_102 + 44)
    #expect(throws: SigningError.tooLong) { try Self.sign("{}", whole + "a", with: key) }
  }
}
