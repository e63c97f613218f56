/// Points of the curve that Ed25519 signs on (RFC 8032, section 5.1). Public keys alone: see `Field25519`.
enum Edwards25519 {
  /// The same point on the curve that X25519 calculates on (RFC 7748, section 4.1): its u, 32 bytes, the lowest first.
  ///
  /// - Parameter point: 32 bytes, as in a public key: y, and one bit for the sign of x, which u does not depend on.
  /// - Returns: nil when there is no such point.
  static func montgomery(_ point: [UInt8]) -> [UInt8]? {
    guard point.count == 32 else { return nil }
    guard let y = Field25519(point.dropLast() + [point[31] & 0x7F]) else { return nil }
    let (one, scale, square) = (Field25519(1), Field25519(121_666), y * y)
    // x² is (y² − 1) / (d·y² + 1) with d = −121665 / 121666; here without the divisions, times a square.
    let x = (square - one) * (scale - Field25519(121_665) * square) * scale
    guard x.isSquare else { return nil }
    return ((one + y) * (one - y).inverse).bytes
  }
}
