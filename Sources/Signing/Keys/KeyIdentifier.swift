internal import Basics

/// The object identifiers of key algorithms and curves, as DER writes their content.
enum KeyIdentifier {
  /// 1.2.840.113549.1.1.1
  static let rsa: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
  /// 1.2.840.113549.1.1.10
  static let rsaPSS: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A]
  /// 1.2.840.10045.2.1
  static let ellipticCurve: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
  /// 1.3.101.112
  static let ed25519: [UInt8] = [0x2B, 0x65, 0x70]

  /// 1.2.840.10045.3.1.7
  private static let p256: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
  /// 1.3.132.0.34
  private static let p384: [UInt8] = [0x2B, 0x81, 0x04, 0x00, 0x22]
  /// 1.3.132.0.35
  private static let p521: [UInt8] = [0x2B, 0x81, 0x04, 0x00, 0x23]

  static func curve(_ identifier: RawSpan) -> KeyKind? {
    if identifier.equals(p256) { return .p256 }
    if identifier.equals(p384) { return .p384 }
    return identifier.equals(p521) ? .p521 : nil
  }
}
