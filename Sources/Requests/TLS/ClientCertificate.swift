internal import Drafts
internal import ProviderFormat
package import Secrets
internal import Signing

/// What a request shows of itself at the TLS handshake, for providers that demand a client certificate. Both parts are
/// well-formed PEM, whatever form they were pasted in. Owned by the request and wiped with it.
package struct ClientCertificate: ~Copyable, Sendable {
  /// The certificate, and any that lead from it to an authority, in the order given.
  package let chain: SecretBuffer
  /// Its key, as PEM.
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
    try appendCertificates(of: text, wrapped: 0, to: &pem)
    guard pem.count > 0 else { throw .badClientCertificate(.noCertificate) }
    guard let chain = pem.finish() else { throw .tooLong }
    return chain
  }

  private static func appendCertificates(
    of text: RawSpan, wrapped depth: Int, to pem: inout SecretWriter
  ) throws(RequestError) {
    let blocks = PEM.blocks(in: text)
    let certificates = blocks.filter { $0.label.hasSuffix("CERTIFICATE") }.map(\.content)
    for content in blocks.isEmpty ? [0..<text.byteCount] : certificates {
      guard depth < PEM.deepest, let der = PEM.decode(content, of: text) else {
        throw .badClientCertificate(.damagedCertificate)
      }
      try der.withBytes { bytes throws(RequestError) in
        guard DERReader.isElement(bytes) else {
          return try appendCertificates(of: bytes, wrapped: depth + 1, to: &pem)
        }
        // A certificate begins with its signed part, which is a sequence; a key begins with a number.
        guard DERReader.firstTags(bytes) == [DERReader.sequence] else {
          throw .badClientCertificate(.noCertificate)
        }
        PEM.write(der, label: "CERTIFICATE", to: &pem)
      }
    }
  }

  private static func key(_ text: RawSpan) throws(RequestError) -> SecretBuffer {
    let der: SecretBuffer
    do throws(KeyFault) {
      der = try PEM.privateKey(text)
    } catch {
      throw .badClientCertificate(flaw(error, of: text))
    }
    guard let label = der.withBytes(keyLabel) else { throw .badClientCertificate(.noKey) }
    var pem = SecretWriter()
    PEM.write(der, label: label, to: &pem)
    guard let key = pem.finish() else { throw .tooLong }
    return key
  }

  private static func flaw(_ fault: KeyFault, of text: RawSpan) -> Flaw {
    if fault == .encrypted { return .encryptedKey }
    let blocks = PEM.blocks(in: text)
    let isKey = blocks.isEmpty || blocks.contains { $0.label.hasSuffix("PRIVATE KEY") }
    return isKey ? .damagedKey : .noKey
  }

  /// The label of a private key by its content, which counts more than what was written above it: PKCS #8 has an
  /// algorithm behind the version, PKCS #1 a modulus, SEC 1 the key itself. Nil for anything else.
  private static func keyLabel(_ der: RawSpan) -> String? {
    switch DERReader.firstTags(der) {
    case [DERReader.integer, DERReader.sequence]: "PRIVATE KEY"
    case [DERReader.integer, DERReader.integer]: "RSA PRIVATE KEY"
    case [DERReader.integer, DERReader.octets]: "EC PRIVATE KEY"
    default: nil
    }
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
        "take the passphrase off with openssl pkey -in key.pem -out plain.pem; the key is sealed when it is stored"
      }
    }
  }
}
