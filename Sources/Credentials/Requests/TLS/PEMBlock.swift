internal import Secrets

/// One block of a PEM text (RFC 7468), found in place.
struct PEMBlock: Equatable {
  /// `CERTIFICATE`, `RSA PRIVATE KEY`
  let label: String
  /// What stands between its BEGIN and its END line.
  let content: Range<Int>

  /// The blocks of a text in order. One that has no end ends where the text does: what is in it then shows whether
  /// something is missing.
  static func all(in text: RawSpan) -> [PEMBlock] {
    var blocks: [PEMBlock] = []
    var offset = 0
    while let begin = text.firstOffset(of: "-----BEGIN ".utf8, from: offset),
      let labelEnd = text.firstOffset(of: "-----".utf8, from: begin + 11)
    {
      let start = labelEnd + 5
      let end = text.firstOffset(of: "-----END ".utf8, from: start) ?? text.byteCount
      blocks.append(PEMBlock(label: text.shownText(begin + 11..<labelEnd), content: start..<end))
      offset = end
    }
    return blocks
  }

  /// Whether a key is protected with a passphrase, in the newer form or in the one of RFC 1421.
  func isEncrypted(in text: RawSpan) -> Bool {
    label.hasPrefix("ENCRYPTED")
      || text.extracting(content).firstOffset(of: "Proc-Type:".utf8) != nil
  }

  /// The bytes that the Base64 of a range stands for, if they are one whole element of DER. Line ends may be written
  /// as the two characters `\n`, as in values that were copied out of JSON.
  static func decode(_ range: Range<Int>, of text: RawSpan) -> SecretBuffer? {
    var body = SecretBuffer(capacity: max(1, range.count))
    var offset = range.lowerBound
    while offset < range.upperBound {
      if text.has("\\n".utf8, at: offset) || text.has("\\r".utf8, at: offset) {
        offset += 2
      } else {
        body.append(text[offset])
        offset += 1
      }
    }
    guard let der = body.withBytes({ SecretBuffer(base64: $0) }) else { return nil }
    let isWhole = der.withBytes { bytes in
      var reader = DERReader(0..<bytes.byteCount)
      return reader.next(DERReader.sequence, in: bytes)?.whole.count == bytes.byteCount
    }
    guard isWhole else { return nil }
    return der
  }

  /// Writes a block with lines of 64 characters.
  static func write(_ der: borrowing SecretBuffer, label: String, to pem: inout SecretWriter) {
    pem.append(text: "-----BEGIN \(label)-----\n")
    der.withBytes { bytes in
      var offset = 0
      while offset < bytes.byteCount {
        let end = min(offset + 48, bytes.byteCount)
        pem.append(base64: bytes.extracting(offset..<end))
        pem.append(text: "\n")
        offset = end
      }
    }
    pem.append(text: "-----END \(label)-----\n")
  }

  /// The label of a private key by its content, which counts more than what was written above it: PKCS #8 has an
  /// algorithm behind the version, PKCS #1 a modulus, SEC 1 the key itself. Nil for anything else.
  static func keyLabel(_ der: RawSpan) -> String? {
    switch firstTags(der) {
    case [DERReader.integer, DERReader.sequence]: "PRIVATE KEY"
    case [DERReader.integer, DERReader.integer]: "RSA PRIVATE KEY"
    case [DERReader.integer, DERReader.octets]: "EC PRIVATE KEY"
    default: nil
    }
  }

  /// The tags that the content of a sequence begins with: the first, and the second when the first is a number.
  static func firstTags(_ der: RawSpan) -> [UInt8] {
    var outer = DERReader(0..<der.byteCount)
    guard let content = outer.next(DERReader.sequence, in: der)?.content, !content.isEmpty else {
      return []
    }
    var members = DERReader(content)
    guard members.next(DERReader.integer, in: der) != nil, members.offset < content.upperBound
    else { return [der[content.lowerBound]] }
    return [DERReader.integer, der[members.offset]]
  }
}
