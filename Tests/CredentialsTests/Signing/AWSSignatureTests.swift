import Basics
import Secrets
import Signing
import Testing

/// The signatures of the test suite that AWS publishes for Signature Version 4, by the names of its cases.
@Suite struct AWSSignatures {
  static let word = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

  /// Key, region, service and moment of every case.
  static func sign(
    _ method: String, _ path: String, _ headers: KeyValuePairs<String, String> = [:],
    body: String = "", service: String = "service", token: String? = nil
  ) throws -> (value: String, headers: [String]) {
    let signer = AWSSignature.Signer(
      keyID: SecretBuffer(fixture: "AKIDEXAMPLE"),
      secret: SecretBuffer(fixture: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
      region: SecretBuffer(fixture: "us-east-1"), service: SecretBuffer(fixture: service))
    var prepared = PreparedHeaders()
    for (name, value) in headers { prepared.set(name, to: SecretBuffer(fixture: value)) }
    let url = SecretBuffer(fixture: "https://example.amazonaws.com" + path)
    let body = SecretBuffer(fixture: body)
    let signature = AWSSignature(now: Timestamp(secondsSinceEpoch: 1_440_938_160))
    try url.withBytes { url throws(SigningError) in
      try body.withBytes { body throws(SigningError) in
        guard let token else {
          return try signature.sign(
            method: method, url: url, headers: &prepared, body: body, by: signer)
        }
        let buffer = SecretBuffer(fixture: token)
        try buffer.withBytes { token throws(SigningError) in
          try signature.sign(
            method: method, url: url, headers: &prepared, body: body, by: signer,
            sessionToken: token)
        }
      }
    }
    return (prepared.withValue(of: "authorization") { $0.shownText }, prepared.names)
  }

  static let cases: [(name: String, method: String, path: String, signature: String)] = [
    (
      "get-vanilla", "GET", "/",
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
    ),
    (
      "get-vanilla-query-order-key-case", "GET", "/?Param2=value2&Param1=value1",
      "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
    ),
    (
      "get-utf8", "GET", "/ሴ",
      "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"
    ),
    (
      "get-relative", "GET", "/example/..",
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
    ),
    (
      "get-slashes", "GET", "//example//",
      "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"
    ),
    (
      "get-unreserved", "GET", "/\(word)",
      "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"
    ),
    (
      "get-vanilla-query-unreserved", "GET", "/?\(word)=\(word)",
      "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"
    ),
    (
      "post-vanilla", "POST", "/",
      "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
    ),
  ]

  @Test(arguments: cases)
  func `requests are signed as AWS's suite says`(
    name: String, method: String, path: String, signature: String
  ) throws {
    let value = try Self.sign(method, path).value
    #expect(
      value
        == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        + "SignedHeaders=host;x-amz-date, Signature=\(signature)", "\(name)")
  }

  @Test func `a form is signed with its type, as post-x-www-form-urlencoded says`() throws {
    let value = try Self.sign(
      "POST", "/", ["Content-Type": "application/x-www-form-urlencoded"], body: "Param1=value1"
    ).value
    #expect(
      value.hasSuffix(
        "SignedHeaders=content-type;host;x-amz-date, "
          + "Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"))
  }

  @Test func `blanks in headers are brought together, as get-header-value-trim says`() throws {
    let value = try Self.sign(
      "GET", "/", ["My-Header1": " value1", "My-Header2": " \"a   b   c\""]
    ).value
    #expect(
      value.hasSuffix(
        "SignedHeaders=host;my-header1;my-header2;x-amz-date, "
          + "Signature=acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"))
  }

  @Test func `a path that is encoded is encoded once more, but not for S3`() throws {
    let other = try Self.sign("GET", "/a%20b//c").value
    let same = try Self.sign("GET", "/a%20b/c").value
    #expect(other == same)
    let object = try Self.sign("GET", "/a%20b//c", service: "s3")
    let another = try Self.sign("GET", "/a%20b/c", service: "s3")
    #expect(object.value != another.value)
    #expect(object.headers.contains("x-amz-content-sha256"))
  }

  @Test func `temporary credentials send their token, signed`() throws {
    let signed = try Self.sign("GET", "/", token: "token-EXAMPLE")
    #expect(signed.headers.contains("x-amz-security-token"))
    #expect(signed.value.contains("SignedHeaders=host;x-amz-date;x-amz-security-token,"))
  }
}
