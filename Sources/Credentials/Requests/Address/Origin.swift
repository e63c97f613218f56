/// Where a request goes: scheme, host and port. Credentials never follow a redirect to another one.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
  /// How the host is spoken to. Plain http is for this machine only.
  package enum Scheme: String, Sendable {
    case http, https

    /// The port that an address without one means.
    package var defaultPort: Int {
      switch self {
      case .http: 80
      case .https: 443
      }
    }
  }

  package var scheme: Scheme
  /// Lower case; an IPv6 address without its brackets.
  package var host: String
  package var port: Int

  package init(scheme: Scheme, host: String, port: Int? = nil) {
    self.scheme = scheme
    self.host = host
    self.port = port ?? scheme.defaultPort
  }

  /// `api.tally.so`, and with the port when it is not the scheme's own.
  package var description: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return port == scheme.defaultPort ? name : "\(name):\(port)"
  }

  /// Reads the origin of an absolute address, strictly: http or https, no user name, a host of letters, digits, dots,
  /// hyphens and underscores (or an IPv6 address in brackets), a port from 1 to 65535.
  package init(ofAddress address: RawSpan) throws(RequestError) {
    if address.hasIgnoringCase("https://".utf8) {
      scheme = .https
    } else if address.hasIgnoringCase("http://".utf8) {
      scheme = .http
    } else {
      throw .badAddress(.scheme)
    }
    let start = scheme.rawValue.utf8.count + 3
    let end = address.firstOffset(from: start) { "/?#".utf8.contains($0) } ?? address.byteCount
    let authority = address.extracting(start..<end)
    guard !authority.contains(where: { $0 == UInt8(ascii: "@") }) else {
      throw .badAddress(.userInfo)
    }
    let hostEnd: Int
    if authority.has("[".utf8) {
      guard let close = authority.firstOffset(where: { $0 == UInt8(ascii: "]") }),
        Origin.isIPv6(authority.extracting(1..<close))
      else { throw .badAddress(.host) }
      host = authority.extracting(1..<close).lowercasedText
      hostEnd = close + 1
    } else {
      hostEnd = authority.firstOffset { $0 == UInt8(ascii: ":") } ?? authority.byteCount
      let name = authority.extracting(0..<hostEnd)
      guard Origin.isHost(name) else { throw .badAddress(.host) }
      host = name.lowercasedText
    }
    port = try Origin.port(authority, from: hostEnd) ?? scheme.defaultPort
  }

  /// The characters of a host, with no empty label but a last one, and at most 253 of them (RFC 1035).
  static func isHost(_ text: RawSpan) -> Bool {
    text.isHostText && text.byteCount <= 253 && text[0] != UInt8(ascii: ".")
      && text.firstOffset(of: "..".utf8) == nil
  }

  private static func isIPv6(_ text: RawSpan) -> Bool {
    (2...45).contains(text.byteCount)
      && !text.contains { $0.hexValue == nil && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ".") }
      && text.contains { $0 == UInt8(ascii: ":") }
  }

  /// Nil when nothing, or only a colon, follows the host.
  private static func port(_ authority: RawSpan, from start: Int) throws(RequestError) -> Int? {
    guard start < authority.byteCount else { return nil }
    guard authority[start] == UInt8(ascii: ":"), authority.byteCount - start <= 6 else {
      throw .badAddress(.port)
    }
    var port = 0
    for offset in start + 1..<authority.byteCount {
      guard authority[offset].isDigit else { throw .badAddress(.port) }
      port = port * 10 + Int(authority[offset] - UInt8(ascii: "0"))
    }
    if start + 1 == authority.byteCount { return nil }
    guard (1...65_535).contains(port) else { throw .badAddress(.port) }
    return port
  }
}

extension RawSpan {
  /// Letters, digits, dots, hyphens and underscores, at least one. No computer's name has an underscore, but names of
  /// accounts that are part of a host do.
  var isHostText: Bool {
    !isEmpty && !contains { !$0.isLetter && !$0.isDigit && !".-_".utf8.contains($0) }
  }

  fileprivate var lowercasedText: String {
    var text = ""
    for offset in 0..<byteCount {
      text.unicodeScalars.append(Unicode.Scalar(self[offset].asciiLowercased))
    }
    return text
  }
}
