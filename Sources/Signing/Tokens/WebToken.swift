internal import Basics
package import Secrets

/// A signed token in its compact form (RFC 7515, section 7.1): header, payload and signature in Base64 for addresses,
/// with dots between them.
package enum WebToken {
  /// The largest header or payload, in bytes. Servers take a few kilobytes.
  package static let limit = SecretBuffer.fileCapacity

  /// - Parameters:
  ///   - header: JSON; its `alg` has to be the key's.
  ///   - payload: the bytes to sign, JSON as a rule.
  package static func sign(
    header: RawSpan, payload: RawSpan, with key: borrowing SigningKey
  ) throws(SigningError) -> SecretBuffer {
    guard header.byteCount <= limit, payload.byteCount <= limit else { throw .tooLong }
    var token = SecretWriter()
    token.append(base64URL: header)
    token.append(UInt8(ascii: "."))
    token.append(base64URL: payload)
    let signature = try token.withBytes { text throws(SigningError) in try key.sign(text) }
    token.append(UInt8(ascii: "."))
    signature.withBytes { token.append(base64URL: $0) }
    guard let text = token.finish() else { throw .tooLong }
    return text
  }
}
