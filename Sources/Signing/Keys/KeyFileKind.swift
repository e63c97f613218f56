internal import Basics
internal import Secrets

/// What a text is of the files that keys, certificates and their like come in, whether or not anything here can use it.
/// Nothing of its content is kept.
package enum KeyFileKind: Equatable, Sendable {
  /// How a private key is written down.
  package enum Encoding: Equatable, Sendable {
    /// `PRIVATE KEY`, of every algorithm.
    case pkcs8
    /// `RSA PRIVATE KEY`, `EC PRIVATE KEY`, `DSA PRIVATE KEY`: each algorithm's own, older form.
    case traditional
  }

  /// The kind is nil for algorithms by which nothing is signed here.
  case privateKey(Encoding, KeyKind?)
  /// Protected with a passphrase.
  case encryptedKey(Encoding)
  /// In the form of OpenSSH. The kind is nil when it is not known.
  case openSSH(KeyKind?, isEncrypted: Bool)
  /// In the form of PuTTY.
  case putty(KeyKind?)
  case publicKey
  /// In the form of SSH: a `.pub` file.
  case sshPublicKey
  case certificate
  case certificateRequest
  /// PKCS #12: a key and its certificates, as a rule under a password.
  case pkcs12
  /// PKCS #7: certificates, and no key.
  case pkcs7
  /// A key store of Java.
  case javaKeyStore
  /// Of a curve or of Diffie-Hellman: no key.
  case parameters
  case pgp
  case webKey(WebKeyFacts)
  /// JSON Web Keys, and how many.
  case webKeySet(Int)
  /// A PEM block of another kind, by its label.
  case other(String)
  /// A PEM block that is not whole.
  case damaged(label: String, Damage)

  /// What is wrong with a block.
  package enum Damage: Equatable, Sendable {
    /// One of its two lines; `isWhole` says whether all of the rest is there.
    case marks(PEMMarks.Fault, isWhole: Bool)
    /// Between the two lines something is missing.
    case cut
    /// Between the two lines stands what is no Base64.
    case notBase64
  }

  /// Whether it is a PEM block that is not whole.
  package var isDamaged: Bool { if case .damaged = self { true } else { false } }

  /// Whether what it holds has to be kept secret.
  package var holdsSecret: Bool {
    switch self {
    case .privateKey, .encryptedKey, .openSSH, .putty, .pkcs12, .javaKeyStore, .pgp, .webKeySet:
      true
    case .webKey(let facts): facts.isPrivate
    case .damaged(let label, _): label.hasSuffix("PRIVATE KEY")
    case .publicKey, .sshPublicKey, .certificate, .certificateRequest, .pkcs7, .parameters, .other:
      false
    }
  }

  /// Whether a text is one or more of these, none of them damaged.
  package static func isWhole(_ text: RawSpan) -> Bool {
    let files = all(in: text)
    return !files.isEmpty && !files.contains(where: \.isDamaged)
  }

  /// Everything of these that a text holds, in order: a file may have a key beside its certificate. Empty when it is
  /// something else.
  package static func all(in text: RawSpan) -> [KeyFileKind] { all(in: text, wrapped: 0) }

  private static func all(in text: RawSpan, wrapped depth: Int) -> [KeyFileKind] {
    if let binary = ofBinary(text) { return [binary] }
    let inner = text.extracting(text.rangeWithoutOuterBlanks)
    if let file = ofSSH(inner) ?? ofJSON(inner) { return [file] }
    let blocks = PEM.blocks(in: text)
    if blocks.count > 1 { return blocks.map { of($0, in: text, wrapped: depth) } }
    guard let marks = PEMMarks(of: text) else { return ofBase64(text, wrapped: depth) }
    let block = PEM.Block(label: marks.label, content: marks.content)
    let file = of(block, in: text, wrapped: depth)
    guard let fault = marks.fault else { return [file] }
    if case .damaged(let label, let damage) = file {
      let isAlone = damage == .cut || damage == .notBase64
      return [.damaged(label: label, isAlone ? .marks(fault, isWhole: false) : damage)]
    }
    return [.damaged(label: marks.label, .marks(fault, isWhole: true))]
  }

  /// One block, by its content, which counts more than what was written above it.
  private static func of(_ block: PEM.Block, in text: RawSpan, wrapped depth: Int) -> KeyFileKind {
    if block.label.hasPrefix("PGP ") { return .pgp }
    if block.label.hasSuffix("PARAMETERS") { return .parameters }
    if PEM.isProtected(block, in: text) {
      return .encryptedKey(block.label.hasPrefix("ENCRYPTED") ? .pkcs8 : .traditional)
    }
    guard let bytes = PEM.decode(block.content, of: text) else {
      return .damaged(label: block.label, .notBase64)
    }
    return bytes.withBytes { bytes in
      if block.label == "OPENSSH PRIVATE KEY" {
        return ofOpenSSH(bytes) ?? .damaged(label: block.label, .cut)
      }
      if let file = ofBinary(bytes) {
        return block.label == "DSA PRIVATE KEY" ? .privateKey(.traditional, nil) : file
      }
      if DERReader.isElement(bytes) { return .other(block.label) }
      if depth < PEM.deepest, let file = all(in: bytes, wrapped: depth + 1).first { return file }
      return .damaged(label: block.label, .cut)
    }
  }

  /// A text without marks, which may be the Base64 of any of these. What is short is a key of another sort.
  private static func ofBase64(_ text: RawSpan, wrapped depth: Int) -> [KeyFileKind] {
    guard depth < PEM.deepest, text.byteCount >= 40,
      let bytes = PEM.decode(0..<text.byteCount, of: text), bytes.count > 0
    else { return [] }
    return bytes.withBytes { bytes in
      if let file = ofBinary(bytes) ?? ofOpenSSH(bytes) { return [file] }
      return all(in: bytes, wrapped: depth + 1)
    }
  }
}
