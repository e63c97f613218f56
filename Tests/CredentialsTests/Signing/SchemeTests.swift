import Basics
import Crypto
import FoundationEssentials
import Requests
import Secrets
import Signing
import Testing

/// Header schemes that are signatures: OAuth 1.0a and WS-Security's user name token.
@Suite struct SigningSchemes {
  private static func header(
    _ consumer: (String, String), _ token: (String, String), realm: String?,
    _ method: OAuthOneHeader.Method, nonce: String, time: Int64, hasVersion: Bool = true
  ) -> OAuthOneHeader {
    OAuthOneHeader(
      consumer: .init(
        name: SecretBuffer(fixture: consumer.0), secret: SecretBuffer(fixture: consumer.1)),
      token: .init(name: SecretBuffer(fixture: token.0), secret: SecretBuffer(fixture: token.1)),
      realm: realm.map { SecretBuffer(fixture: $0) }, method: method, nonce: nonce,
      now: Timestamp(secondsSinceEpoch: time), hasVersion: hasVersion)
  }

  /// The request of RFC 5849, section 3.4.1.1, whose base string the standard prints.
  @Test func `what is signed is the base of RFC 5849`() throws {
    let header = Self.header(
      ("9djdj82h48djs9d2", ""), ("kkk9d7dh3k39sjv7", ""), realm: "Example", .hmacSHA1,
      nonce: "7d8f3e4a", time: 137_131_201, hasVersion: false)
    let url = SecretBuffer(
      fixture: "http://EXAMPLE.com:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b")
    let form = SecretBuffer(fixture: "c2&a3=2+q")
    let value = try url.withBytes { url throws(SigningError) in
      try form.withBytes { form throws(SigningError) in
        try header.value(verb: "POST", url: url, form: form)
      }
    }
    let base =
      "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5"
      + "%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2"
      + "%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1"
      + "%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
    // Neither side has a secret: the key is what stands between them.
    let code = HMAC<Insecure.SHA1>.authenticationCode(
      for: Data(base.utf8), using: SymmetricKey(data: Data("&".utf8)))
    var signature = SecretWriter()
    SecretBuffer(fixture: Data(code).base64EncodedString()).withBytes {
      signature.append(percentEncoded: $0)
    }
    let expected = signature.finish()?.fixtureText ?? ""
    let text = value.fixtureText
    #expect(text.contains(#"oauth_signature="\#(expected)", "#))
  }

  /// The last request of RFC 5849, section 1.2, its parameters by name.
  @Test func `the header is that of RFC 5849`() throws {
    let header = Self.header(
      ("dpf43f3p2l4k3l03", "kd94hf93k423kf44"), ("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00"),
      realm: "Photos", .hmacSHA1, nonce: "chapoH", time: 137_131_202, hasVersion: false)
    let url = SecretBuffer(
      fixture: "http://photos.example.net/photos?file=vacation.jpg&size=original")
    let value = try url.withBytes { url throws(SigningError) in
      try header.value(verb: "GET", url: url)
    }
    let text = value.fixtureText
    #expect(
      text == #"OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", "#
        + #"oauth_nonce="chapoH", oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D", "#
        + #"oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", "#
        + #"oauth_token="nnch734d00sl2jdk""#)
  }

  /// RFC 5849, section 3.4.4.
  @Test func `a plain signature is the two secrets`() throws {
    let header = Self.header(
      ("c", "c s"), ("t", "t&s"), realm: nil, .plaintext, nonce: "n", time: 7)
    let url = SecretBuffer(fixture: "https://photos.example.net/")
    let value = try url.withBytes { url throws(SigningError) in
      try header.value(verb: "GET", url: url)
    }
    let text = value.fixtureText
    #expect(
      text == #"OAuth oauth_consumer_key="c", oauth_nonce="n", "#
        + #"oauth_signature="c%2520s%26t%2526s", "#
        + #"oauth_signature_method="PLAINTEXT", oauth_timestamp="7", oauth_token="t", "#
        + #"oauth_version="1.0""#)
  }

  @Test func `a password shows in a user name token as the digest of a digest's digits`() {
    let username = SecretBuffer(fixture: "customer001")
    let password = SecretBuffer(fixture: "customersecret")
    let token = username.withBytes { username in
      password.withBytes {
        UsernameToken.make(
          username: username, password: $0, nonce: "000102030405060708090a0b0c0d0e0f",
          now: Timestamp(secondsSinceEpoch: 1_787_576_709))
      }
    }
    let text = token?.fixtureText
    // printf '%s' 000102…0e0f 2026-08-24T13:05:09.000Z customersecret | sha1sum, its digits in Base64.
    #expect(
      text
        == #"UsernameToken Username="customer001", PasswordDigest="OGNlMjc3ZjFhYmZjN2I0YjU5MjkwY2QxMDk5YWZhYzZjMWE3YTkzYw==", "#
        + #"Nonce="000102030405060708090a0b0c0d0e0f", Created="2026-08-24T13:05:09.000Z""#)
  }
}
