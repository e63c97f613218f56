/// `host[:port]` as it stands in addresses, proxy settings and NO_PROXY.
package struct HostAndPort: Equatable, Sendable {
  /// Lower case; an IP address in its canonical notation, without brackets.
  package let host: String
  /// From 1 to 65535; nil when none is written.
  package let port: Int?

  /// Nil when the text is anything else.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard let read = try? unsafe HostAndPort(bytes.span.bytes) else { return nil }
    self = read
  }

  /// Reads strictly: a host of letters, digits, dots, hyphens and underscores, or an IPv6 address in brackets. A colon
  /// without a port is refused: not everybody reads it alike.
  init(_ text: RawSpan) throws(AddressFault) {
    let hostEnd: Int
    if text.has("[".utf8) {
      guard let close = text.firstOffset(where: { $0 == UInt8(ascii: "]") }),
        case .v6(let number)? = IPAddress(text.shownText(1..<close))
      else { throw .host }
      host = IPAddress.v6(number).description
      hostEnd = close + 1
    } else {
      hostEnd = text.firstOffset { $0 == UInt8(ascii: ":") } ?? text.byteCount
      let name = text.extracting(0..<hostEnd)
      guard HostAndPort.isHost(name) else { throw .host }
      host = name.shownText.lowercased()
    }
    port = try HostAndPort.port(text, from: hostEnd)
  }

  /// The characters of a host, with no empty label but a last one, and at most 253 of them (RFC 1035).
  private static func isHost(_ text: RawSpan) -> Bool {
    text.isHostText && text.byteCount <= 253 && text[0] != UInt8(ascii: ".")
      && text.firstOffset(of: "..".utf8) == nil
  }

  private static func port(_ text: RawSpan, from start: Int) throws(AddressFault) -> Int? {
    guard start < text.byteCount else { return nil }
    let digits = text.extracting(start + 1..<text.byteCount)
    guard text[start] == UInt8(ascii: ":"), (1...5).contains(digits.byteCount) else {
      throw .port
    }
    var port = 0
    for offset in 0..<digits.byteCount {
      guard digits[offset].isDigit else { throw .port }
      port = port * 10 + Int(digits[offset] - UInt8(ascii: "0"))
    }
    guard (1...65_535).contains(port) else { throw .port }
    return port
  }
}

extension RawSpan {
  /// Letters, digits, dots, hyphens and underscores, at least one. No computer's name has an underscore, but names of
  /// accounts that are part of a host do.
  package var isHostText: Bool {
    !isEmpty && !contains { !$0.isLetter && !$0.isDigit && !".-_".utf8.contains($0) }
  }
}
