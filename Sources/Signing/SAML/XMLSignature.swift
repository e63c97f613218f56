internal import Basics
internal import Secrets

/// An enveloped signature (XML Signature, section 10) over an element that is canonical as it stands: RSA-SHA256,
/// SHA-256, exclusive canonicalization.
enum XMLSignature {
  /// XML Schema. Its prefix stands in values only, where canonicalization does not look; it is named in the transform,
  /// so that its declaration is kept and the signed text is the sent one.
  static let schema = "http://www.w3.org/2001/XMLSchema"

  private static let namespace = "http://www.w3.org/2000/09/xmldsig#"
  private static let canonical = "http://www.w3.org/2001/10/xml-exc-c14n#"

  /// The `Signature` element.
  ///
  /// - Parameters:
  ///   - element: the canonical text of the element without the signature.
  ///   - id: the value of its `ID`.
  static func make(
    over element: RawSpan, id: String, with key: borrowing SigningKey
  ) throws(SigningError) -> SecretBuffer {
    let info = signedInfo(of: element, id: id)
    guard let info else { throw .tooLong }
    let signature = try info.withBytes { text throws(SigningError) in try key.sign(text) }
    var encoded = SecretWriter()
    signature.withBytes { encoded.append(base64: $0) }
    var xml = XMLWriter()
    xml.begin("ds:Signature", ["xmlns:ds": namespace])
    info.withBytes { xml.raw($0) }
    encoded.withBytes { xml.element("ds:SignatureValue", bytes: $0) }
    xml.end()
    guard let text = xml.finish() else { throw .tooLong }
    return text
  }

  /// What is signed. Declares its prefix although its parent does: it is then canonical by itself.
  private static func signedInfo(of element: RawSpan, id: String) -> SecretBuffer? {
    var digest = SecretWriter()
    Digests.sha256(element).withBytes { digest.append(base64: $0) }
    var xml = XMLWriter()
    xml.begin("ds:SignedInfo", ["xmlns:ds": namespace])
    xml.element("ds:CanonicalizationMethod", ["Algorithm": canonical], text: "")
    xml.element(
      "ds:SignatureMethod", ["Algorithm": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"],
      text: "")
    xml.begin("ds:Reference", ["URI": "#\(id)"])
    xml.begin("ds:Transforms")
    xml.element("ds:Transform", ["Algorithm": namespace + "enveloped-signature"], text: "")
    xml.begin("ds:Transform", ["Algorithm": canonical])
    xml.element(
      "ec:InclusiveNamespaces", ["xmlns:ec": canonical, "PrefixList": "xs"], text: "")
    for _ in 0..<2 { xml.end() }
    xml.element(
      "ds:DigestMethod", ["Algorithm": "http://www.w3.org/2001/04/xmlenc#sha256"], text: "")
    digest.withBytes { xml.element("ds:DigestValue", bytes: $0) }
    for _ in 0..<2 { xml.end() }
    return xml.finish()
  }
}
