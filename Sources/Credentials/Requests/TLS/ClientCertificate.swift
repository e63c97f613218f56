internal import Basics
internal import Guides
package import Secrets

/// What a request shows of itself at the TLS handshake, for providers that demand a client certificate. Both parts are
/// well-formed PEM, whatever form they were pasted in. Owned by the request and wiped with it.
package struct ClientCertificate: ~Copyable, Sendable {
  /// The certificate, and any that lead from it to an authority, in the order given.
  package let chain: SecretBuffer
  package let privateKey: SecretBuffer

  /// The fields that hold the two parts.
  static let certificateField = Field.ID(.credentials, "client_certificate")
  static let keyField = Field.ID(.credentials, "client_private_key")

  /// Takes the two as people paste them: with or without their BEGIN and END lines, with line ends written as the two
  /// characters `\n`, in lines of any length. What else stands in the texts (a key beside the certificate, the
  /// parameters of a curve, words of explanation) is left out.
  ///
  /// Whether the key belongs to the certificate is found out when a connection is made with them.
  package init(certificate: RawSpan, privateKey: RawSpan) throws(RequestError) {
    let chain = try ClientCertificate.chain(certificate)
    let key = try ClientCertificate.key(privateKey)
    self.chain = chain
    self.privateKey = key
  }

  /// The certificate that a provider is shown; nil when it is to be shown none, because the values do not hold both
  /// parts: a key alone signs tokens.
  static func of(_ values: borrowing SecretValues) throws(RequestError) -> ClientCertificate? {
    let isGiven =
      values.withBytes(of: certificateField) { $0.byteCount > 0 }
      && values.withBytes(of: keyField) { $0.byteCount > 0 }
    guard isGiven else { return nil }
    return try values.withBytes(of: certificateField) { certificate throws(RequestError) in
      try values.withBytes(of: keyField) { key throws(RequestError) in
        try ClientCertificate(certificate: certificate, privateKey: key)
      }
    }
  }

  private static func chain(_ text: RawSpan) throws(RequestError) -> SecretBuffer {
    var pem = SecretWriter()
    let blocks = PEMBlock.all(in: text)
    for block in blocks where block.label.hasSuffix("CERTIFICATE") {
      try append(block.content, of: text, to: &pem)
    }
    if blocks.isEmpty { try append(0..<text.byteCount, of: text, to: &pem) }
    guard pem.count > 0 else { throw .badClientCertificate(.noCertificate) }
    guard let chain = pem.finish() else { throw .tooLong }
    return chain
  }

  private static func append(
    _ content: Range<Int>, of text: RawSpan, to pem: inout SecretWriter
  ) throws(RequestError) {
    guard let der = PEMBlock.decode(content, of: text) else {
      throw .badClientCertificate(.damagedCertificate)
    }
    // A certificate begins with its signed part, which is a sequence; a key begins with a number.
    guard der.withBytes({ PEMBlock.firstTags($0) == [DERReader.sequence] }) else {
      throw .badClientCertificate(.noCertificate)
    }
    PEMBlock.write(der, label: "CERTIFICATE", to: &pem)
  }

  private static func key(_ text: RawSpan) throws(RequestError) -> SecretBuffer {
    let blocks = PEMBlock.all(in: text)
    let block = blocks.first { $0.label.hasSuffix("PRIVATE KEY") }
    if block == nil, !blocks.isEmpty { throw .badClientCertificate(.noKey) }
    if let block, block.isEncrypted(in: text) { throw .badClientCertificate(.encryptedKey) }
    guard let der = PEMBlock.decode(block?.content ?? 0..<text.byteCount, of: text) else {
      throw .badClientCertificate(.damagedKey)
    }
    guard let label = der.withBytes(PEMBlock.keyLabel) else { throw .badClientCertificate(.noKey) }
    var pem = SecretWriter()
    PEMBlock.write(der, label: label, to: &pem)
    guard let key = pem.finish() else { throw .tooLong }
    return key
  }

  /// What is wrong with a certificate or its key; the raw value says it as a clause.
  package enum Flaw: String, Sendable {
    case noCertificate = "the field for the certificate holds something else"
    case damagedCertificate = "the certificate is damaged or was not copied whole"
    case noKey = "the field for the private key holds something else"
    case damagedKey = "the private key is damaged or was not copied whole"
    case encryptedKey = "the private key is protected with a passphrase"

    var advice: String {
      switch self {
      case .noCertificate, .damagedCertificate:
        "paste the certificate file whole, BEGIN and END lines included"
      case .noKey, .damagedKey:
        "paste the private key file whole, BEGIN and END lines included"
      case .encryptedKey:
        "take the passphrase off with openssl pkey; the key is sealed when it is stored"
      }
    }
  }
}
