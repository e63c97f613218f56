internal import Basics
internal import Crypto
internal import Secrets

/// What binds a header to the key of its file.
extension AgeHeader {
  /// A whole header.
  static func sealed(_ stanzas: [AgeStanza], with fileKey: borrowing SecretBuffer) -> [UInt8] {
    var header = text(of: stanzas)
    let mac = HMAC<SHA256>.authenticationCode(for: header, using: key(from: fileKey))
    header.append(UInt8(ascii: " "))
    header += Base64.unpadded.encode(Array(mac))
    header.append(UInt8(ascii: "\n"))
    return header
  }

  /// - Throws: `.authentication` where it is not as it was written.
  func authenticate(with fileKey: borrowing SecretBuffer) throws(AgeError) {
    guard
      HMAC<SHA256>.isValidAuthenticationCode(
        mac, authenticating: authenticated, using: AgeHeader.key(from: fileKey))
    else { throw .authentication }
  }

  private static func key(from fileKey: borrowing SecretBuffer) -> SymmetricKey {
    AgePrimitives.derive(from: fileKey, salt: [], info: "header")
  }
}

extension AgeHeader {
  /// Whether the file opens with a passphrase, and with no key.
  var wantsPassphrase: Bool { stanzas.first?.type == AgePassphrase.stanzaType }

  /// Whether all of a header has come: its last line begins as no other does.
  static func isWhole(_ bytes: [UInt8]) -> Bool {
    bytes.withBytes { bytes in
      guard let last = bytes.firstOffset(of: "\n---".utf8) else { return false }
      return bytes.firstOffset(of: "\n".utf8, from: last + 1) != nil
    }
  }
}
