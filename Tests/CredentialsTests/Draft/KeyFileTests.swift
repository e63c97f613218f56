import Basics
import Drafts
import ProviderFormat
import Secrets
import TestSupport
import Testing

/// Key files that are not the ones that are wanted, as the programs that write them make them.
@Suite("Key files in a draft")
struct KeyFileTests {
  private static let key = Field.ID(.credentials, "privateKey")

  /// An entry that signs with RS256.
  static let signing = entry(
    #""privateKey":{"type":"string","title":"Private Key","description":""}"#)

  static func entry(_ field: String, algorithm: String = "RS256") -> String {
    """
    {"auth_mode":"JWT","token":{"signing_key":"${credentials.privateKey}",
      "header":{"alg":"\(algorithm)"},"payload":{"iss":"me"}},
     "proxy":{"base_url":"https://api.acme.example"},"credentials":{\(field)}}
    """
  }

  private func draft(_ value: String, _ json: String, pasted: Bool = true) -> DraftUnderTest {
    let draft = DraftUnderTest(form: Fixture.form(json))
    if pasted {
      _ = draft.paste(value, into: Self.key)
    } else {
      draft.set(value, for: Self.key)
    }
    return draft
  }

  private func finding(_ value: String, _ json: String = signing) -> Finding? {
    draft(value, json, pasted: false).state(of: Self.key).findings.first
  }

  /// A PEM block around what is only as long as it has to be to be told apart.
  private static func block(_ label: String, _ base64: String) -> String {
    "-----BEGIN \(label)-----\n\(base64)\n-----END \(label)-----"
  }

  @Test func `a key that fits has nothing said of it`() {
    #expect(finding(TestKeys.rsa) == nil)
    #expect(finding(TestKeys.rsaTraditional) == nil)
    #expect(finding(TestKeys.rsaPublic + "\n" + TestKeys.rsa) == nil)
  }

  @Test(arguments: [
    (StandardKeys.encrypted, "passphrase", "openssl pkey -in key.pem -out plain.pem"),
    (StandardKeys.encryptedTraditional, "passphrase", "openssl pkey"),
    (TestKeys.rsaPublic, "public key", "-----BEGIN PRIVATE KEY-----"),
    (StandardKeys.ellipticPKCS8, "an EC key for P-256", "openssl genpkey -algorithm RSA"),
    (TestKeys.ed25519, "an Ed25519 key", "openssl genpkey -algorithm RSA"),
    ("PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: a\n", "PuTTY", "puttygen"),
    ("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC me@here", "public key of SSH", ".pub"),
    (StandardKeys.p256, "JSON Web Key", "PEM"),
    ("~/keys/acme.pem", "path of a file", "in the file"),
    ("C:\\keys\\acme.pem", "path of a file", "in the file"),
    ("acme.pem", "path of a file", "in the file"),
    ("{\"type\":\"service_account\",\"private_key\":\"x\"}", "JSON", "jq -r .private_key"),
    ("Zx81-kQpL0-77", "no private key", "-----BEGIN PRIVATE KEY-----"),
  ])
  func `what another file is, and what makes the right one of it`(
    _ value: String, _ what: String, _ advice: String
  ) {
    let found = finding(value)
    #expect(found?.severity == .overridable)
    #expect(found?.sentence.contains(what) == true, "\(found?.sentence ?? "nothing")")
    #expect(found?.sentence.contains(advice) == true, "\(found?.sentence ?? "nothing")")
  }

  @Test func `a key without its end is refused, and says which line is missing`() {
    let lines = TestKeys.rsa.split(separator: "\n")
    let cut = lines.dropLast(3).joined(separator: "\n")
    #expect(finding(cut)?.sentence.contains("-----END PRIVATE KEY-----") == true)
    let middle = (lines.prefix(4) + lines.suffix(3)).joined(separator: "\n")
    #expect(finding(middle)?.sentence.contains("damaged") == true)
    let foreign =
      lines.prefix(3).joined(separator: "\n") + "\n#!\n"
      + lines.dropFirst(3).joined(separator: "\n")
    #expect(finding(foreign)?.sentence.contains("does not belong there") == true)
  }

  @Test func `a key that lacks only its first or last line, or dashes there, gets them back`() {
    let lines = TestKeys.rsa.split(separator: "\n").map(String.init)
    for text in [
      lines.dropLast().joined(separator: "\n"), lines.dropFirst().joined(separator: "\n"),
      TestKeys.rsa.replacing("-----BEGIN", with: "---BEGIN"),
      String(TestKeys.rsa.dropLast(2)),
    ] {
      let draft = draft(text, Self.signing)
      #expect(draft.value(of: Self.key) == TestKeys.rsa)
      #expect(draft.state(of: Self.key).repairs.contains(.keyMarks("PRIVATE KEY")))
      #expect(draft.state(of: Self.key).findings.isEmpty)
    }
  }

  @Test func `what is wrong with the key comes before what its pattern says`() {
    let field = #"""
      "privateKey":{"type":"string","title":"Private Key",
        "pattern":"^-----BEGIN PRIVATE KEY-----\\\\n([A-Za-z0-9+/=\\\\n]+)\\\\n-----END PRIVATE KEY-----\\\\n?$"}
      """#
    let json = Self.entry(field)
    #expect(finding(StandardKeys.encrypted, json)?.sentence.contains("passphrase") == true)
    #expect(finding(TestKeys.rsaPublic, json)?.sentence.contains("public key") == true)
    #expect(
      finding(TestKeys.rsaTraditional, json)?.sentence.contains(
        "\"openssl pkey -in key.pem -out new.pem\" rewrites it") == true)
  }

  @Test func `line ends are written as the pattern wants them, with a notice`() {
    let spelled = TestKeys.rsa.replacing("\n", with: "\\n")
    let wantsSpelled = Self.entry(
      #""privateKey":{"type":"string","title":"Private Key","pattern":"^-----BEGIN PRIVATE KEY-----\\\\n([A-Za-z0-9+/=\\\\n]+)\\\\n-----END PRIVATE KEY-----\\\\n?$"}"#
    )
    let wantsReal = Self.entry(
      #""privateKey":{"type":"string","title":"Private Key","example":"-----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY-----","pattern":"^-----BEGIN PRIVATE KEY-----\\s*([A-Za-z0-9+/=\\s]+)\\s*-----END PRIVATE KEY-----$"}"#
    )
    for text in [
      spelled, TestKeys.rsa, TestKeys.rsa + "\n",
      TestKeys.rsa.replacing("\n", with: "\r\n"),
    ] {
      let draft = draft(text, wantsSpelled)
      #expect(draft.value(of: Self.key) == spelled + "\\n")
      #expect(draft.state(of: Self.key).repairs.contains(.spelledLineEnds))
      #expect(!draft.state(of: Self.key).isBlocked)
    }
    for text in [spelled, spelled + "\\n", TestKeys.rsa.replacing("\n", with: "\\\\n")] {
      let draft = draft(text, wantsReal)
      #expect(draft.value(of: Self.key) == TestKeys.rsa)
      #expect(draft.state(of: Self.key).repairs.contains(.realLineEnds))
      #expect(!draft.state(of: Self.key).isBlocked)
    }
    #expect(draft(spelled + "\\n", wantsSpelled).state(of: Self.key).repairs.isEmpty)
    let stored = draft(TestKeys.rsa, wantsSpelled, pasted: false)
    #expect(stored.normalize([Self.key]) == [Self.key])
    #expect(stored.value(of: Self.key) == spelled + "\\n")
  }

  @Test func `a shared secret that is too short for its algorithm is only warned of`() {
    let json = Self.entry(
      #""privateKey":{"type":"string","title":"Secret"}"#, algorithm: "HS256")
    let digits = (0..<32).map { String(160 + $0 * 3 / 2, radix: 16) }.joined()
    let short = finding(String(digits.prefix(40)), json)
    #expect(short?.severity == .warning)
    #expect(short?.sentence.contains("20 bytes; HS256 wants 32") == true)
    #expect(finding(digits, json) == nil)
  }

  @Test func `a form with a passphrase takes a protected key`() {
    let json = Self.entry(
      #""privateKey":{"type":"string","title":"Private Key"},"passphrase":{"type":"string","title":"Passphrase"}"#
    )
    #expect(finding(StandardKeys.encrypted, json) == nil)
  }

  @Test func `a password that is titled as a key takes lines`() {
    let json = #"""
      {"auth_mode":"BASIC","credentials":{"username":{"type":"string","title":"Auth Key ID"},
        "password":{"type":"string","title":"Private Key (PEM format)","secret":true}}}
      """#
    let password = Field.ID(.credentials, "password")
    let draft = DraftUnderTest(form: Fixture.form(json))
    _ = draft.paste(TestKeys.rsa, into: password)
    #expect(draft.value(of: password) == TestKeys.rsa)
    #expect(draft.state(of: password).findings.isEmpty)
    #expect(draft.state(of: password).isMultiline)
  }

  private static func webKeyForm() -> String {
    #"""
    {"auth_mode":"OAUTH2_CC","token_request_auth_method":"private_key_jwt",
     "token_url":"https://acme.example/token",
     "credentials":{"client_private_key":{"type":"string","title":"Private Key (JWK)","secret":true}}}
    """#
  }

  @Test(arguments: [
    ("not json", "no JSON Web Key"),
    (#"{"kty":"RSA","n":"AQ","e":"AQAB"}"#, "public half"),
    (#"{"keys":[{"kty":"RSA"},{"kty":"RSA"}]}"#, "set of 2 JSON Web Keys"),
    (#"{"kty":"RSA","kid":7,"n":"AQ","e":"AQAB","d":"AQ"}"#, "kid"),
    (StandardKeys.p256, "an EC key for P-256"), (TestKeys.rsa, "a private key in PEM"),
  ])
  func `a field for a JSON Web Key says what else it got`(_ value: String, _ what: String) {
    let key = Field.ID(.credentials, "client_private_key")
    let draft = DraftUnderTest(form: Fixture.form(Self.webKeyForm()))
    _ = draft.paste(value, into: key)
    let found = draft.state(of: key).findings.first
    #expect(found?.sentence.contains(what) == true, "\(found?.sentence ?? "nothing")")
    #expect(found?.severity == .overridable)
    draft.insist(on: key)
    #expect(!draft.state(of: key).isBlocked)
  }

  @Test func `nothing is taken for what comes along with a key file`() {
    let key = Field.ID(.credentials, "client_private_key")
    let web = DraftUnderTest(form: Fixture.form(Self.webKeyForm()))
    let publicKey = #"{"kty":"RSA","n":"AQ","e":"AQAB"}"#
    web.set(publicKey, for: key)
    _ = web.normalize([key])
    #expect(web.value(of: key) == publicKey)
    let spelled = TestKeys.rsa.replacing("\n", with: "\\n")
    let pem = draft(spelled, Self.signing, pasted: false)
    _ = pem.normalize([Self.key])
    #expect(pem.value(of: Self.key) == spelled)
    #expect(draft(spelled, Self.signing).value(of: Self.key) == spelled)
  }

  @Test func `a private JSON Web Key has nothing said of it`() {
    let key = Field.ID(.credentials, "client_private_key")
    let draft = DraftUnderTest(form: Fixture.form(Self.webKeyForm()))
    _ = draft.paste(StandardKeys.rsa, into: key)
    #expect(draft.state(of: key).findings.isEmpty)
  }

  @Test func `a private key in a plain field for a certificate is hidden`() {
    let json =
      #"{"auth_mode":"API_KEY","credentials":{"apiKey":{"type":"string","title":"Key"},"certificate":{"type":"string","title":"Certificate"}}}"#
    let certificate = Field.ID(.credentials, "certificate")
    let draft = DraftUnderTest(form: Fixture.form(json))
    #expect(draft.state(of: certificate).text != nil)
    _ = draft.paste(TestKeys.rsa, into: certificate)
    #expect(draft.state(of: certificate).text == nil)
    #expect(
      draft.state(of: certificate).findings.first?.sentence.contains("its certificate is wanted")
        == true)
  }

  @Test func `taken as it is, a value passes whatever is said of it, and an empty one does not`() {
    let draft = DraftUnderTest(form: Fixture.form(Fixture.acme))
    let values = ["a\r\nb", "acme-\u{0}", "acme-****************"]
    for value in values {
      draft.set(value, for: Fixture.apiKey)
      draft.insist(on: Fixture.apiKey)
      #expect(draft.state(of: Fixture.apiKey).isBlocked)
      draft.acceptAsIs(Fixture.apiKey)
      #expect(!draft.state(of: Fixture.apiKey).isBlocked)
      #expect(draft.value(of: Fixture.apiKey) == value)
    }
    draft.set("", for: Fixture.apiKey)
    draft.acceptAsIs(Fixture.apiKey)
    #expect(draft.state(of: Fixture.apiKey).isBlocked)
  }
}
