package import Glibc

/// An IPv4 or IPv6 address as a number in host order, so that a network is one shift and one comparison.
package enum IPAddress: Hashable, Sendable {
  /// A number of 32 bits.
  case v4(UInt32)
  /// A number of 128 bits.
  case v6(UInt128)

  /// Reads the two usual notations, `192.0.2.1` and `2001:db8::1`, and nothing else: no brackets, no zone, none of
  /// the octal and single-number forms that `inet_aton` knows.
  package init?(_ text: String) {
    // C would take the text to end there.
    if text.utf8.contains(0) { return nil }
    var four = in_addr()
    if unsafe inet_pton(AF_INET, text, &four) == 1 {
      self = .v4(UInt32(bigEndian: four.s_addr))
      return
    }
    var six = in6_addr()
    guard unsafe inet_pton(AF_INET6, text, &six) == 1 else { return nil }
    self = .v6(IPAddress.number(six))
  }

  /// Takes the address out of what `getaddrinfo` returns; nil for other families.
  @unsafe
  package init?(_ address: UnsafePointer<sockaddr>) {
    switch unsafe Int32(address.pointee.sa_family) {
    case AF_INET:
      let four = unsafe UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in.self)
      self = .v4(UInt32(bigEndian: four.sin_addr.s_addr))
    case AF_INET6:
      let six = unsafe UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in6.self)
      self = .v6(IPAddress.number(six.sin6_addr))
    default: return nil
    }
  }

  /// Whether the first `length` bits of this address are those of `network`, an address of the same family.
  package func isIn(_ network: IPAddress, length: Int) -> Bool {
    switch (self, network) {
    case (.v4(let address), .v4(let prefix)): (address ^ prefix) >> (32 - length) == 0
    case (.v6(let address), .v6(let prefix)): (address ^ prefix) >> (128 - length) == 0
    case (.v4, .v6), (.v6, .v4): false
    }
  }

  private static func number(_ address: in6_addr) -> UInt128 {
    unsafe withUnsafeBytes(of: address) { bytes in
      UInt128(bigEndian: unsafe bytes.loadUnaligned(as: UInt128.self))
    }
  }
}

extension IPAddress: CustomStringConvertible {
  /// The canonical notation, without brackets.
  package var description: String {
    switch self {
    case .v4(let number):
      return (0..<4).map { String(number >> (24 - 8 * $0) & 0xff) }.joined(separator: ".")
    case .v6(let number):
      var bytes = number.bigEndian
      var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
      _ = unsafe inet_ntop(AF_INET6, &bytes, &text, socklen_t(text.count))
      return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
}
