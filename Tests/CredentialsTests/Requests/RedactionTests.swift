import Basics
import Drafts
import Requests
import Secrets
import Testing

@Suite struct Redaction {
  private static let secret = "q7/Zx9+w\"\\K é3Tn8Vb-EXAMPLE"

  /// What is told of the words of a provider that refuses.
  private static func says(_ body: String, secret: String = secret) -> String? {
    let session = SessionUnderTest(
      """
      {"display_name":"Acme","auth_mode":"BASIC","proxy":{"base_url":"https://acme.example",
       "verification":{"endpoints":["/me"]}}}
      """, ["credentials.username": "annabel-jones", "credentials.password": secret])
    _ = session.next()
    session.answer(401, body)
    return session.diagnosis.providerSays
  }

  private static func clean(_ text: String, secret: String = secret) -> String? {
    says(#"{"message":\#(Value.string(text).json)}"#, secret: secret)
  }

  @Test func `a text without a secret stays as it is`() {
    #expect(
      Self.clean("key is not valid for annabel-jones") == "key is not valid for annabel-jones")
  }

  @Test func `every piece of eight bytes is taken out`() {
    let bytes = Array(Self.secret.utf8)
    for start in 0...bytes.count - 8 {
      let piece = String(decoding: bytes[start..<start + 8], as: UTF8.self)
      guard !piece.unicodeScalars.contains("\u{FFFD}") else { continue }
      let clean = Self.clean("invalid:\(piece).")
      #expect(clean == "invalid:‹redacted›.")
    }
  }

  @Test func `seven bytes of it may be anything`() {
    #expect(Self.clean("x EXAMPLE y") == "x EXAMPLE y")
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5])
  func `it is found in Base64 whatever stands before it`(count: Int) {
    var plain = SecretWriter()
    plain.append(text: String(repeating: "u", count: count) + ":" + Self.secret + ":tail")
    var encoded = SecretWriter()
    plain.withBytes { encoded.append(base64: $0) }
    let text = encoded.finish()?.fixtureText ?? ""
    let clean = Self.clean("sent \(text)") ?? ""
    #expect(clean.contains("‹redacted›"))
    #expect(clean.count <= 32)
    let url = text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
    #expect(Self.clean("sent \(String(url))")?.contains("‹redacted›") == true)
  }

  @Test func `it is found percent-encoded, escaped for JSON, and in other letters`() {
    var percent = SecretWriter()
    SecretBuffer(fixture: Self.secret).withBytes { percent.append(percentEncoded: $0) }
    let encoded = percent.finish()?.fixtureText ?? ""
    #expect(Self.clean("u=\(encoded)&") == "u=‹redacted›&")
    #expect(Self.clean("u=\(encoded.lowercased())&") == "u=‹redacted›&")
    #expect(Self.clean("j=\(Value.string(Self.secret).json)") == "j=\"‹redacted›\"")
    #expect(Self.clean(Self.secret.uppercased())?.contains("Zx9") == false)
  }

  @Test(arguments: [
    "\u{200B}", "\u{AD}", "\u{7}", "\u{1B}", "\u{2060}", "\u{FE0F}", "\u{34F}", "\u{E0041}", " ",
    "\n",
    "\t", "\u{3164}", "\u{FEFF}", "\u{301}", "\u{2800}",
  ])
  func `what is put between the letters of a secret does not hide it`(between: String) {
    let secret = "tly-9x8w7v6u5t4s3r2q1pEXAMPLE"
    let echo = secret.map(String.init).joined(separator: between)
    let clean = Self.clean("no such key: \(echo).", secret: secret) ?? ""
    #expect(clean.contains("‹redacted›"))
    let letters = clean.unicodeScalars.filter { $0.isASCII && $0 != " " }
    #expect(!String(String.UnicodeScalarView(letters)).contains("tly-"), "\(clean)")
    #expect(clean.unicodeScalars.count < 40)
  }

  @Test func `letters of full width are letters`() {
    let secret = "tly-9x8w7v6u5t4s3r2q1pEXAMPLE"
    let wide = String(
      String.UnicodeScalarView(
        secret.unicodeScalars.compactMap { Unicode.Scalar($0.value - 0x21 + 0xFF01) }))
    #expect(Self.clean("key \(wide) is bad", secret: secret) == "key ‹redacted› is bad")
  }

  @Test func `a short secret is taken out where it stands whole`() {
    #expect(Self.clean("pin 9472 is wrong", secret: "9472") == "pin ‹redacted› is wrong")
    #expect(Self.clean("a is wrong", secret: "a") == "a is wrong")
  }

  @Test func `foreign text becomes one printable line of bounded length`() {
    #expect(Self.clean("a\u{1B}[2J\u{7}b\r\n\t c\u{202E}d\u{200B}e\u{E000}") == "a[2Jb cde")
    let long = Self.clean(String(repeating: "word ", count: 200))
    #expect((299...300).contains(long?.count ?? 0))
    #expect(long?.hasSuffix("…") == true)
    #expect(Self.clean("\u{1B}\u{200B} \n") == nil)
  }

  @Test func `a long secret and a long text are searched in bounded time`() {
    let secret = String(repeating: "abcdefgh", count: 8000) + "-EXAMPLE"
    let text = String(repeating: "abcdefgh", count: 2048)
    #expect(Self.clean(text, secret: secret) == "‹redacted›")
  }

  @Test(arguments: [
    (#"{"message":"m"}"#, "m"), (#"{"error":{"message":"m","code":1}}"#, "m"),
    (#"{"error":"invalid","error_description":"m"}"#, "m"), (#"{"errors":[{"message":"m"}]}"#, "m"),
    (#"{"errors":["m"]}"#, "m"), (#"{"detail":"m"}"#, "m"), (#"{"error":"m"}"#, "m"),
    (#"{"title":"m","status":401}"#, "m"), (#"{"message":"","msg":"m"}"#, "m"),
    (#"{"message":{"x":1},"reason":"m"}"#, "m"), (#"{"other":"m"}"#, nil), ("<html>m</html>", nil),
    ("", nil), ("[1,2]", nil),
  ])
  func `the provider's words are found where providers put them`(body: String, says: String?) {
    #expect(Self.says(body) == says)
  }
}
