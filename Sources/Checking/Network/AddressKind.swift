internal import Basics

/// What an address leads to, as far as sending credentials there is concerned.
enum AddressKind: Equatable, Sendable {
  case `public`
  case loopback
  /// An organization's own network: allowed only where the user named the host.
  case privateNetwork
  /// Never allowed; the text says what the address is.
  case forbidden(String)
}

extension IPAddress {
  /// The kind of this address, by the registries of special-purpose addresses (RFC 6890) and by the addresses at
  /// which clouds hand a machine its own credentials.
  var kind: AddressKind {
    if let embedded { return embedded.kind }
    return AddressKind.table.first { isIn($0.network, length: $0.length) }?.kind ?? .public
  }

  /// The IPv4 address that a translated (NAT64) or tunnelled (6to4) address stands for. It is judged in its place;
  /// public ones must pass, since that is how an IPv6-only machine reaches the rest of the network.
  private var embedded: IPAddress? {
    guard case .v6(let number) = self else { return nil }
    if number >> 32 == 0x0064_ff9b_0000_0000_0000_0000 {
      return .v4(UInt32(truncatingIfNeeded: number))
    }
    if number >> 112 == 0x2002 { return .v4(UInt32(truncatingIfNeeded: number >> 80)) }
    return nil
  }
}

extension AddressKind {
  fileprivate struct Row: Sendable {
    let network: IPAddress
    let length: Int
    let kind: AddressKind

    init(_ network: String, _ length: Int, _ kind: AddressKind) {
      guard let address = IPAddress(network) else { preconditionFailure("not an address") }
      self.network = address
      self.length = length
      self.kind = kind
    }
  }

  private static let metadata = AddressKind.forbidden(
    "an address where clouds hand out a machine's own credentials")
  private static let linkLocal = AddressKind.forbidden("a link-local address")
  private static let multicast = AddressKind.forbidden("a multicast address")
  private static let reserved = AddressKind.forbidden("a reserved address")
  private static let mapped = AddressKind.forbidden("an IPv4 address in IPv6 disguise")

  /// First match wins, so single addresses stand before the networks they lie in.
  fileprivate static let table: [Row] = [
    Row("169.254.169.254", 32, metadata),
    Row("169.254.170.2", 32, metadata),
    Row("100.100.100.200", 32, metadata),
    Row("168.63.129.16", 32, metadata),
    Row("169.254.0.0", 16, linkLocal),
    Row("0.0.0.0", 8, reserved),
    Row("127.0.0.0", 8, .loopback),
    Row("10.0.0.0", 8, .privateNetwork),
    Row("172.16.0.0", 12, .privateNetwork),
    Row("192.168.0.0", 16, .privateNetwork),
    Row("100.64.0.0", 10, .privateNetwork),
    Row("192.0.0.0", 24, reserved),
    Row("224.0.0.0", 4, multicast),
    Row("240.0.0.0", 4, reserved),

    Row("::1", 128, .loopback),
    Row("::", 96, reserved),
    Row("::ffff:0:0", 96, mapped),
    Row("::ffff:0:0:0", 96, mapped),
    Row("64:ff9b:1::", 48, .privateNetwork),
    Row("2001::", 32, reserved),
    Row("fd00:ec2::", 32, metadata),
    Row("fd20:ce::254", 128, metadata),
    Row("fc00::", 7, .privateNetwork),
    Row("fe80::", 10, linkLocal),
    Row("fec0::", 10, .privateNetwork),
    Row("ff00::", 8, multicast),
  ]
}
