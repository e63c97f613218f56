package import Basics

extension Origin {
  /// The address, when the host is written as one.
  var literal: IPAddress? { IPAddress(host) }

  /// Whether the host by its name alone means this machine. What it resolves to is judged separately.
  var isLoopbackName: Bool {
    if let literal { return literal.kind == .loopback }
    let name = host.withoutFinalDot
    return name == "localhost" || name.hasSuffix(".localhost")
  }
}

extension String {
  /// A host that is written out to the root of all names is the same host.
  var withoutFinalDot: String { hasSuffix(".") ? String(dropLast()) : self }
}

/// An absolute web address: an origin, read as `Origin` reads it and nobody else, and what is asked there. What is
/// classified is exactly what is connected to.
package struct WebAddress: Hashable, Sendable {
  /// Scheme, host and port.
  package let origin: Origin
  /// Path and query, beginning with `/`.
  package let target: String

  /// An address out of its parts.
  package init(origin: Origin, target: String) {
    self.origin = origin
    self.target = target
  }

  /// Nil for anything but http and https, for a user name before the host, for a host with characters that no host
  /// has (percent signs and non-ASCII letters included: other parsers decode them, and would connect elsewhere), and
  /// for blanks and control characters anywhere.
  package init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\\") }) else {
      return nil
    }
    let bytes = Array(text.utf8)
    guard let parts = try? unsafe AddressComponents(of: bytes.span.bytes) else { return nil }
    origin = parts.origin
    target = (parts.path.isEmpty ? "/" : "") + String(decoding: bytes[parts.target], as: UTF8.self)
  }

  /// Written out in full. The port is always there, so that no default can be read differently.
  ///
  /// What RFC 3986 has no place for in a path or a query, but addresses hold all the same (`page[size]`, `{`, `|`), is
  /// percent-encoded. The HTTP library would do so too, and would encode every `%` of the address a second time.
  package var text: String {
    "\(origin.scheme.rawValue)://\(origin.bracketedHost):\(origin.port)\(encodedTarget)"
  }

  /// Written as people do: without the port that the scheme has anyway. Reads as the same address.
  package var shortText: String {
    "\(origin.scheme.rawValue)://\(origin)\(encodedTarget)"
  }

  /// What is asked of the origin, in the characters that a request's first line may hold.
  var encodedTarget: String {
    var encoded: [UInt8] = []
    target.withBytes { target in
      for offset in 0..<target.byteCount {
        let byte = target[offset]
        if Self.isAllowed(byte) || PercentEncoding.code(target, at: offset) != nil {
          encoded.append(byte)
        } else {
          encoded.append(escaped: byte)
        }
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    byte.isUnreserved || "!$&'()*+,;=:@/?".utf8.contains(byte)
  }
}
