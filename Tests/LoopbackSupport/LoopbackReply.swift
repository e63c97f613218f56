/// What a loopback server does with a request.
package enum LoopbackReply: Sendable {
  case answer(Int, headers: [String: String] = [:], body: String = "")
  /// A success with any bytes, in chunks where the headers say so.
  case bytes([UInt8], headers: [String: String] = [:])
  /// A success whose pieces come one by one: each but the first when the gate is opened once more, and so the end.
  case pieces([String], LoopbackGate)
  /// A whole answer that promises more, and then an orderly end of the connection.
  case hangUp(after: String)
  /// Reads nothing more, so that whoever sends has to wait.
  case deafness
  /// The reply that is given as soon as so many requests have come, this one included.
  indirect case after(requests: Int, LoopbackReply)
  /// The same after a while, in which the server answers others.
  indirect case late(milliseconds: Int, LoopbackReply)
  /// Takes the request and never says a word.
  case silence
  /// A head, and then a byte every few milliseconds for ever.
  case drip
  /// A head, and then a body that never ends, as fast as it is taken.
  case endless
  /// A body of so many bytes, as fast as it is taken.
  case long(Int)
  /// A body that was compressed without being asked to.
  case gzipped(String)
  /// A small compressed body that unpacks without end.
  case gzipBomb
  /// A head with so many bytes of headers.
  case longHeaders(Int)
  /// Half a body, and then a connection reset.
  case resetMidBody
  /// Half a body, and then an orderly end of the connection.
  case closeMidBody
  /// Bytes that are not HTTP.
  case noise(String)

  package static func redirect(_ status: Int = 302, to location: String) -> LoopbackReply {
    .answer(status, headers: ["location": location])
  }

  package static func json(_ text: String) -> LoopbackReply {
    .answer(200, headers: ["content-type": "application/json"], body: text)
  }
}

/// How a loopback server receives a connection.
package enum LoopbackGreeting: Sendable {
  case plain
  case tls(LoopbackCertificates.Kind)
  /// Right in all, and demands a client certificate of the authority that tests trust.
  case mutualTLS(MutualVersion = .tls13)
  /// Speaks nothing newer than TLS 1.1.
  case oldTLS
  case closeAtOnce
  case resetAtOnce
  /// Takes the connection and never says a word.
  case mute
}

/// The newest version that a server which demands a client certificate speaks: in 1.3 it looks at the certificate after
/// the client has finished.
package enum MutualVersion: CaseIterable, Sendable { case tls12, tls13 }

/// A request as a loopback server saw it.
package struct LoopbackRequest: Sendable {
  package var method: String
  package var target: String
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// Gzip files by hand (RFC 1951, 1952).
enum Gzip {
  private static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]

  /// Up to 64 kB, stored and not compressed.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    let length = UInt16(bytes.count)
    let checksum = bytes.reduce(~UInt32(0)) { checksum, byte in
      (0..<8).reduce(checksum ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1
      }
    }
    return header + [1] + little(length) + little(~length) + bytes + little(~checksum)
      + little(UInt32(length))
  }

  private static func little(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// The beginning of a stream that repeats one byte for ever: 13 bytes of it unpack to 2064. It is the start of a
  /// block with fixed codes, a literal zero, and one copy of 258 bytes from distance 1: 24 bits, so that the copies
  /// that follow begin on a byte.
  static let bombStart: [UInt8] =
    header + packed([0, 1, 0] + [0, 0, 1, 1, 0, 0, 0, 0] + copy)

  /// Eight copies are 104 bits. 16 kB of them unpack to 2.6 MB.
  static let bombBlock: [UInt8] = Array(
    repeatElement(packed(Array(repeatElement(copy, count: 8).joined())), count: 1260).joined())

  /// Length code 285 and distance code 0, most significant bit first.
  private static let copy: [UInt8] = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]

  private static func packed(_ bits: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bits.count, by: 8).map { start in
      (0..<8).reduce(0) { $0 | bits[start + $1] << UInt8($1) }
    }
  }
}
