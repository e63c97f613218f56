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

  /// `https` or `http`.
  package var scheme: Scheme
  /// Lower case; an IP address in its canonical notation, without brackets.
  package var host: String
  /// Always there: the scheme's own where none was written.
  package var port: Int

  /// Nothing is checked here: `host` is what `Origin.host` says, from an address that has been read.
  ///
  /// - Parameter port: the scheme's own when nil.
  package init(scheme: Scheme, host: String, port: Int? = nil) {
    self.scheme = scheme
    self.host = host
    self.port = port ?? scheme.defaultPort
  }

  /// `api.tally.so`, and with the port when it is not the scheme's own.
  package var description: String {
    port == scheme.defaultPort ? bracketedHost : "\(bracketedHost):\(port)"
  }

  /// The host as an address writes it.
  package var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

  /// Reads the origin of an absolute address, strictly: http or https, no user name, a host and possibly a port.
  package init(ofAddress address: RawSpan) throws(AddressFault) {
    if address.hasIgnoringCase("https://".utf8) {
      scheme = .https
    } else if address.hasIgnoringCase("http://".utf8) {
      scheme = .http
    } else {
      throw .scheme
    }
    let start = scheme.rawValue.utf8.count + 3
    let end = address.firstOffset(from: start) { "/?#".utf8.contains($0) } ?? address.byteCount
    let authority = address.extracting(start..<end)
    guard !authority.contains(where: { $0 == UInt8(ascii: "@") }) else {
      throw .userInfo
    }
    let read = try HostAndPort(authority)
    host = read.host
    port = read.port ?? scheme.defaultPort
  }
}
