internal import Basics
package import Secrets

/// Files in PEM (RFC 7468), as they arrive in forms: with line ends that are missing or written as the two characters
/// `\n`, without their header lines, or wrapped in Base64 once more.
package enum PEM {
  /// One of the parts that a file consists of.
  package struct Block {
    /// `CERTIFICATE`, `RSA PRIVATE KEY`
    package let label: String
    /// What stands between its BEGIN and its END line.
    package let content: Range<Int>
  }

  /// Files wrapped in Base64 twice occur; more would be none.
  package static let deepest = 3

  /// The blocks of a text in order. One that has no end ends where the text does: what is in it then shows whether
  /// something is missing.
  package static func blocks(in text: RawSpan) -> [Block] {
    let (begin, dashes) = ("-----BEGIN ".utf8, "-----".utf8)
    var blocks: [Block] = []
    var offset = 0
    while let start = text.firstOffset(of: begin, from: offset).map({ $0 + begin.count }),
      let labelEnd = text.firstOffset(of: dashes, from: start)
    {
      let content = labelEnd + dashes.count
      offset = text.firstOffset(of: "-----END".utf8, from: content) ?? text.byteCount
      blocks.append(Block(label: text.shownText(start..<labelEnd), content: content..<offset))
    }
    return blocks
  }

  /// The DER of the first private key.
  package static func privateKey(
    _ text: RawSpan, wrapped depth: Int = 0
  ) throws(KeyFault) -> SecretBuffer {
    let blocks = blocks(in: text)
    var fault = KeyFault.notPEM
    for block in blocks {
      if block.label.hasSuffix("PRIVATE KEY") {
        if isProtected(block, in: text) { throw .encrypted }
        return try unwrap(text, block.content, wrapped: depth)
      }
      if block.label.hasSuffix("PUBLIC KEY") { fault = .isPublic }
      if block.label.hasSuffix("CERTIFICATE") { fault = .isCertificate }
    }
    guard blocks.isEmpty else { throw fault }
    return try unwrap(text, 0..<text.byteCount, wrapped: depth)
  }

  /// The bytes that the Base64 of a range stands for. Blanks, quotes and line ends that are written out are left aside.
  package static func decode(_ range: Range<Int>, of text: RawSpan) -> SecretBuffer? {
    var body = SecretBuffer(capacity: max(1, range.count))
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = text[offset]
      offset += 1
      if byte == UInt8(ascii: "\\") {
        while offset < range.upperBound, text[offset] == byte { offset += 1 }
        if offset < range.upperBound, "nrt".utf8.contains(text[offset]) { offset += 1 }
      } else if !byte.isBlank, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "'") {
        body.append(byte)
      }
    }
    return body.withBytes { SecretBuffer(base64: $0) }
  }

  /// Writes a block with lines of 64 characters.
  package static func write(
    _ der: borrowing SecretBuffer, label: String, to pem: inout SecretWriter
  ) {
    pem.append(text: "-----BEGIN \(label)-----\n")
    der.withBytes { bytes in
      for start in stride(from: 0, to: bytes.byteCount, by: 48) {
        pem.append(base64: bytes.extracting(start..<min(start + 48, bytes.byteCount)))
        pem.append(text: "\n")
      }
    }
    pem.append(text: "-----END \(label)-----\n")
  }

  /// Whether a key is protected with a passphrase, in the newer form or in the one of RFC 1421.
  static func isProtected(_ block: Block, in text: RawSpan) -> Bool {
    let content = text.extracting(block.content)
    return block.label.hasPrefix("ENCRYPTED") || content.firstOffset(of: "Proc-Type:".utf8) != nil
      || content.firstOffset(of: "ENCRYPTED".utf8) != nil
  }

  private static func unwrap(
    _ text: RawSpan, _ range: Range<Int>, wrapped depth: Int
  ) throws(KeyFault) -> SecretBuffer {
    guard depth < deepest, let bytes = decode(range, of: text) else { throw .notPEM }
    if bytes.withBytes({ DERReader.isElement($0) }) { return bytes }
    return try bytes.withBytes { inner throws(KeyFault) in
      try privateKey(inner, wrapped: depth + 1)
    }
  }
}
