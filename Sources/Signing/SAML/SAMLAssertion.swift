package import Basics
package import Secrets

/// A SAML 2.0 bearer assertion (SAML core, section 2.3.3), signed by RSA-SHA256. Nothing in it is taken from memory:
/// moment and identifiers come with it.
package struct SAMLAssertion: ~Copyable {
  /// Unique, and an XML name: begins with a letter or an underscore.
  let id: String
  let issued: Timestamp
  /// In seconds.
  let lifetime: Int64
  let issuer: SecretBuffer
  /// Whom it speaks of.
  let subject: SecretBuffer
  /// Where it may be presented; empty: it does not say.
  let recipient: SecretBuffer
  let sessionIndex: SecretBuffer
  /// For whom it is meant.
  let audiences: SecretMap<String>
  /// What is said of the subject, by name, in order.
  let attributes: SecretMap<String>

  /// Every value is wiped with the assertion; those that are empty are left out of it.
  package init(
    id: String, issued: Timestamp, lifetime: Int64, issuer: consuming SecretBuffer,
    subject: consuming SecretBuffer, recipient: consuming SecretBuffer,
    sessionIndex: consuming SecretBuffer, audiences: consuming SecretMap<String>,
    attributes: consuming SecretMap<String>
  ) {
    self.id = id
    self.issued = issued
    self.lifetime = lifetime
    self.issuer = issuer
    self.subject = subject
    self.recipient = recipient
    self.sessionIndex = sessionIndex
    self.audiences = audiences
    self.attributes = attributes
  }

  private static let namespace = "urn:oasis:names:tc:SAML:2.0:assertion"

  /// The signed assertion as XML.
  package borrowing func signed(with key: borrowing SigningKey) throws(SigningError) -> SecretBuffer
  {
    var xml = XMLWriter()
    write(to: &xml, signature: RawSpan())
    guard let plain = xml.finish() else { throw .unwritable }
    // Without the signature the text is canonical, so its digest is that of the text itself.
    let signature = try plain.withBytes { plain throws(SigningError) in
      try XMLSignature.make(over: plain, id: id, with: key)
    }
    var whole = XMLWriter()
    signature.withBytes { write(to: &whole, signature: $0) }
    guard let text = whole.finish() else { throw .unwritable }
    return text
  }

  private borrowing func write(to xml: inout XMLWriter, signature: RawSpan) {
    xml.begin(
      "saml:Assertion",
      [
        "xmlns:saml": Self.namespace, "ID": id, "IssueInstant": issued.withMilliseconds,
        "Version": "2.0",
      ])
    issuer.withBytes { xml.element("saml:Issuer", bytes: $0) }
    xml.raw(signature)
    writeSubject(to: &xml)
    writeConditions(to: &xml)
    writeStatement(to: &xml)
    writeAttributes(to: &xml)
    xml.end()
  }

  private var end: String {
    Timestamp(secondsSinceEpoch: issued.secondsSinceEpoch + lifetime).withMilliseconds
  }

  private borrowing func writeSubject(to xml: inout XMLWriter) {
    xml.begin("saml:Subject")
    subject.withBytes {
      xml.element(
        "saml:NameID", ["Format": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"],
        bytes: $0)
    }
    xml.begin("saml:SubjectConfirmation", ["Method": "urn:oasis:names:tc:SAML:2.0:cm:bearer"])
    if recipient.isEmpty {
      xml.begin("saml:SubjectConfirmationData", ["NotOnOrAfter": end])
    } else {
      recipient.withBytes {
        xml.begin(
          "saml:SubjectConfirmationData", ["NotOnOrAfter": end], last: "Recipient", $0)
      }
    }
    for _ in 0..<3 { xml.end() }
  }

  private borrowing func writeConditions(to xml: inout XMLWriter) {
    xml.begin(
      "saml:Conditions", ["NotBefore": issued.withMilliseconds, "NotOnOrAfter": end])
    if !audiences.isEmpty {
      xml.begin("saml:AudienceRestriction")
      for name in audiences.keys {
        audiences.withBytes(of: name) { xml.element("saml:Audience", bytes: $0) }
      }
      xml.end()
    }
    xml.end()
  }

  private borrowing func writeStatement(to xml: inout XMLWriter) {
    let instant = issued.withMilliseconds
    if sessionIndex.isEmpty {
      xml.begin("saml:AuthnStatement", ["AuthnInstant": instant])
    } else {
      sessionIndex.withBytes {
        xml.begin("saml:AuthnStatement", ["AuthnInstant": instant], last: "SessionIndex", $0)
      }
    }
    xml.begin("saml:AuthnContext")
    xml.element(
      "saml:AuthnContextClassRef", text: "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified")
    for _ in 0..<2 { xml.end() }
  }

  private borrowing func writeAttributes(to xml: inout XMLWriter) {
    if attributes.isEmpty { return }
    xml.begin("saml:AttributeStatement")
    for name in attributes.keys {
      xml.begin(
        "saml:Attribute",
        ["Name": name, "NameFormat": "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified"])
      attributes.withBytes(of: name) {
        xml.element(
          "saml:AttributeValue",
          [
            "xmlns:xs": XMLSignature.schema,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "xsi:type": "xs:string",
          ], bytes: $0)
      }
      xml.end()
    }
    xml.end()
  }
}
