package import Basics
package import ProviderFormat

/// Where a provider sends the browser with its answer: the redirect address, as it is registered with the application,
/// letter by letter. Nothing has to listen there: the address that the browser ends on holds all that is needed.
package struct Callback: Equatable, Sendable {
  /// The whole address, as it was given.
  package let address: String
  /// Its scheme, host and port.
  package let origin: Origin
  /// Its path; empty where it has none.
  package let path: String

  /// In bytes. Longer ones are no addresses that anybody registers.
  private static let longest = 2048

  private init(address: String, origin: Origin, path: String) {
    self.address = address
    self.origin = origin
    self.path = path
  }

  /// The setting in which a connection keeps it, where a later request repeats it.
  package static let setting = Field.ID(.connectionConfig, "oauth_redirect_uri")

  /// The port of the usual address.
  package static let usualPort = 8976

  /// The ports that browsers open no page at, whoever listens there: the address that one ends on still holds the code,
  /// but a listener hears nothing (WHATWG Fetch, section “Port blocking”).
  package static let portsClosedToBrowsers: Set<Int> = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101,
    102,
    103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
    512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
    995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
    6669, 6679, 6697, 10080,
  ]

  /// An address of this machine, of which providers that look at it expect the number and not the name.
  package static func loopback(port: Int = usualPort) -> Callback {
    Callback(
      address: "http://127.0.0.1:\(port)/callback",
      origin: Origin(scheme: .http, host: "127.0.0.1", port: port), path: "/callback")
  }

  /// Reads an address that a person gives.
  package init(_ text: String) throws(CallbackAddressError) {
    let text = text.trimmedOfBlanks
    guard text.utf8.count <= Self.longest, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { throw .character }
    if text.utf8.contains(UInt8(ascii: "#")) { throw .fragment }
    let parts: AddressComponents
    do throws(AddressFault) {
      parts = try text.withBytes { bytes throws(AddressFault) in try AddressComponents(of: bytes) }
    } catch {
      throw .noAddress(error)
    }
    self.init(
      address: text, origin: parts.origin, path: text.withBytes { $0.shownText(parts.path) })
    if origin.scheme == .http, !isLoopback { throw .openToOthers(origin.description) }
  }

  /// Whether it leads to the machine that the browser runs on.
  package var isLoopback: Bool { Self.isLoopback(origin.host) }

  private static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host.hasPrefix("127.") || host == "::1"
  }

  /// Whether an address is this one, its parameters left aside. A slash at its end, and which of the names of the
  /// machine it has, is no difference.
  func isReached(by parts: AddressComponents, of address: RawSpan) -> Bool {
    let isSameHost =
      parts.origin.host == origin.host || isLoopback && Self.isLoopback(parts.origin.host)
    return isSameHost && parts.origin.port == origin.port
      && Self.withoutEndSlash(address.shownText(parts.path)) == Self.withoutEndSlash(path)
  }

  /// Whether both are the same, letter by letter, but for a slash at the end of one of them, which some servers add.
  func isSame(as other: Callback) -> Bool {
    address == other.address || address == other.address + "/" || address + "/" == other.address
  }

  private static func withoutEndSlash(_ path: String) -> String {
    path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}

extension String {
  /// Without blanks at its ends.
  fileprivate var trimmedOfBlanks: String {
    withBytes { $0.shownText($0.rangeWithoutOuterBlanks) }
  }
}
