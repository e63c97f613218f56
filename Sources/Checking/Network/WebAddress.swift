internal import Credentials

extension Origin {
  /// The address, when the host is written as one.
  var literal: IPAddress? { IPAddress(host) }

  /// The host as a URL writes it.
  var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

  /// Whether the host by its name alone means this machine. What it resolves to is judged separately.
  var isLoopbackName: Bool {
    if let literal { return literal.kind == .loopback }
    let name = host.hasSuffix(".") ? String(host.dropLast()) : host
    return name == "localhost" || name.hasSuffix(".localhost")
  }
}

/// An absolute web address, split by us and by nobody else: what is classified is exactly what is connected to.
struct WebAddress: Hashable, Sendable {
  let origin: Origin
  /// Path and query, beginning with `/`.
  let target: String

  init(origin: Origin, target: String) {
    self.origin = origin
    self.target = target
  }

  /// Nil for anything but http and https, for a user name before the host, for a host with characters that no host
  /// has (percent signs and non-ASCII letters included: other parsers decode them, and would connect elsewhere), and
  /// for blanks and control characters anywhere.
  init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\\") }) else {
      return nil
    }
    let scheme: Origin.Scheme
    let rest: Substring
    if let after = text.dropping(prefix: "https://") {
      (scheme, rest) = (.https, after)
    } else if let after = text.dropping(prefix: "http://") {
      (scheme, rest) = (.http, after)
    } else {
      return nil
    }
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let (host, port) = HostAndPort.split(authority) else { return nil }
    let target = rest.dropFirst(authority.count).prefix { $0 != "#" }
    origin = Origin(scheme: scheme, host: host, port: port)
    self.target = target.hasPrefix("/") ? String(target) : "/\(target)"
  }

  /// Written out in full. The port is always there, so that no default can be read differently.
  ///
  /// What RFC 3986 has no place for in a path or a query, but addresses hold all the same (`page[size]`, `{`, `|`), is
  /// percent-encoded. The HTTP library would do so too, and would encode every `%` of the address a second time.
  var text: String {
    "\(origin.scheme.rawValue)://\(origin.bracketedHost):\(origin.port)\(encodedTarget)"
  }

  private var encodedTarget: String {
    var encoded = ""
    var rest = target.utf8[...]
    while let byte = rest.first {
      let isCode =
        byte == UInt8(ascii: "%") && rest.dropFirst().prefix(2).count(where: \.isHexDigit) == 2
      if isCode || Self.allowed.contains(byte) {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        encoded += "%\(String(byte >> 4, radix: 16, uppercase: true))"
        encoded += String(byte & 15, radix: 16, uppercase: true)
      }
      rest = rest.dropFirst()
    }
    return encoded
  }

  private static let allowed = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?".utf8)
}

extension UInt8 {
  fileprivate var isHexDigit: Bool { "0123456789abcdefABCDEF".utf8.contains(self) }
}

/// `host[:port]` as it stands in addresses, proxy settings and NO_PROXY.
enum HostAndPort {
  static func split(_ text: Substring) -> (host: String, port: Int?)? {
    if text.hasPrefix("[") {
      guard let close = text.firstIndex(of: "]") else { return nil }
      let inside = String(text[text.index(after: text.startIndex)..<close])
      guard case .v6? = IPAddress(inside), let address = IPAddress(inside) else { return nil }
      let tail = text[text.index(after: close)...]
      guard !tail.isEmpty else { return (address.description, nil) }
      guard tail.hasPrefix(":"), let port = port(tail.dropFirst()) else { return nil }
      return (address.description, port)
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let host = parts.first, isHostName(host) else { return nil }
    guard parts.count == 2 else { return (host.lowercased(), nil) }
    guard let port = port(parts[1]) else { return nil }
    return (host.lowercased(), port)
  }

  static func isHostName(_ text: Substring) -> Bool {
    guard (1...253).contains(text.utf8.count), text != "." else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }

  private static func port(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let port = Int(text), (1...65535).contains(port)
    else { return nil }
    return port
  }
}

extension String {
  /// What follows `prefix`, compared without regard to case; nil when it is not there.
  fileprivate func dropping(prefix: String) -> Substring? {
    guard self.prefix(prefix.count).lowercased() == prefix else { return nil }
    return dropFirst(prefix.count)
  }
}
