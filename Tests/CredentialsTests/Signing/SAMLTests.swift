import Basics
import FoundationEssentials
import Secrets
import Signing
import TestSupport
import Testing

@Suite struct SAMLAssertions {
  private static let now = Timestamp(secondsSinceEpoch: 1_787_576_709)

  static func assertion(
    subject: String = "ann", attributes: KeyValuePairs<String, String> = ["api_key": "k-EXAMPLE"],
    recipient: String = "https://api.example.com/oauth/token", session: String = "session-1"
  ) -> SAMLAssertion {
    var audiences = SecretMap<String>()
    audiences.set("0", to: SecretBuffer(fixture: "www.example.com"))
    var values = SecretMap<String>()
    for (name, value) in attributes { values.set(name, to: SecretBuffer(fixture: value)) }
    return SAMLAssertion(
      id: "_00000000-0000-4000-8000-000000000000", issued: now, lifetime: 600,
      issuer: SecretBuffer(fixture: "issuer.example.com"),
      subject: SecretBuffer(fixture: subject), recipient: SecretBuffer(fixture: recipient),
      sessionIndex: SecretBuffer(fixture: session), audiences: audiences, attributes: values)
  }

  static func signed(_ assertion: consuming SAMLAssertion) throws -> String {
    let key = try WebTokens.key(pem: TestKeys.rsa, .rs256)
    return try assertion.signed(with: key).fixtureText
  }

  @Test func `an assertion says who, where, for whom and until when`() throws {
    let xml = try Self.signed(Self.assertion())
    let parts = [
      #"<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" "#
        + #"ID="_00000000-0000-4000-8000-000000000000" IssueInstant="2026-08-24T13:05:09.000Z" "#
        + #"Version="2.0"><saml:Issuer>issuer.example.com</saml:Issuer><ds:Signature "#,
      #"</ds:Signature><saml:Subject><saml:NameID "#
        + #"Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">ann</saml:NameID>"#,
      #"<saml:SubjectConfirmationData NotOnOrAfter="2026-08-24T13:15:09.000Z" "#
        + #"Recipient="https://api.example.com/oauth/token"></saml:SubjectConfirmationData>"#,
      #"<saml:Conditions NotBefore="2026-08-24T13:05:09.000Z" "#
        + #"NotOnOrAfter="2026-08-24T13:15:09.000Z"><saml:AudienceRestriction>"#
        + "<saml:Audience>www.example.com</saml:Audience>",
      #"<saml:AuthnStatement AuthnInstant="2026-08-24T13:05:09.000Z" SessionIndex="session-1">"#,
      #"<saml:Attribute Name="api_key" "#,
      #"xsi:type="xs:string">k-EXAMPLE</saml:AttributeValue>"#,
    ]
    for part in parts { #expect(xml.contains(part), "\(part)") }
    #expect(xml.hasSuffix("</saml:AttributeStatement></saml:Assertion>"))
  }

  @Test func `what means something in XML is written so that it means nothing`() throws {
    let xml = try Self.signed(
      Self.assertion(
        subject: "<a & \"b\">\r\n", attributes: ["x": "]]>"],
        recipient: "https://a.example/?x=<&y=\"\t\n\r"))
    #expect(xml.contains(">&lt;a &amp; \"b\"&gt;&#xD;\n</saml:NameID>"))
    #expect(xml.contains("Recipient=\"https://a.example/?x=&lt;&amp;y=&quot;&#x9;&#xA;&#xD;\""))
    #expect(xml.contains(">]]&gt;</saml:AttributeValue>"))
  }

  @Test(arguments: ["a\u{0}", "\u{1B}[31m", "\u{FFFE}"])
  func `what XML cannot hold is refused`(subject: String) {
    #expect(throws: SigningError.self) { try Self.signed(Self.assertion(subject: subject)) }
  }

  @Test(.enabled(if: Tool.path("xmlsec1") != nil))
  func `xmlsec1 takes the signature, and not with another subject`() throws {
    let texts = ["ann", "<a & \"b\">\r\n é 🔑"]
    for text in texts {
      let xml = try Self.signed(
        Self.assertion(subject: text, attributes: ["api_key": text, "use_email": "false"]))
      let good = Self.verify(xml)
      #expect(good.status == 0, "\(good.errorText)")
      let bad = Self.verify(
        xml.replacing("unspecified\">", with: "unspecified\">x", maxReplacements: 1))
      #expect(bad.status != 0)
    }
  }

  static func verify(_ xml: String) -> ChildProcess {
    let directory = TemporaryDirectory()
    let (file, key) = (directory.file("assertion.xml"), directory.file("key.pem"))
    _ = FileManager.default.createFile(atPath: file, contents: Data(xml.utf8))
    _ = FileManager.default.createFile(atPath: key, contents: Data(TestKeys.rsaPublic.utf8))
    return ChildProcess.run(
      Tool.path("xmlsec1") ?? "xmlsec1",
      [
        "--verify", "--pubkey-pem", key, "--id-attr:ID",
        "urn:oasis:names:tc:SAML:2.0:assertion:Assertion", file,
      ])
  }
}
