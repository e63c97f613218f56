internal import Basics

/// An HTTP proxy that requests are tunnelled through with CONNECT.
struct ProxyServer: Equatable, Sendable {
  struct Login: Equatable, Sendable {
    var user: String
    var password: String
  }

  let host: String
  let port: Int
  let login: Login?

  /// For people: host and port, never the login.
  var name: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

  /// What it is told of the login; nil without one.
  var authorization: String? {
    login.map { login in
      var text = Array("Basic ".utf8)
      "\(login.user):\(login.password)".withBytes { text.append(base64: $0) }
      return String(decoding: text, as: UTF8.self)
    }
  }

  /// Why a proxy setting cannot be used. The setting itself is never part of the text: it may hold a password.
  struct Unusable: Error, Equatable {
    let why: String
  }

  /// Reads `http://user:password@host:port`, where all but the host may be missing. User and password are
  /// percent-decoded. A missing port is 80.
  init(_ text: String) throws(Unusable) {
    var rest = text[...]
    if let range = text.firstRange(of: "://") {
      guard text[..<range.lowerBound].lowercased() == "http" else {
        throw Unusable(why: "only proxies whose address begins with http:// are supported")
      }
      rest = text[range.upperBound...]
    }
    rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if let at = rest.lastIndex(of: "@") {
      login = try ProxyServer.login(rest[..<at])
      rest = rest[rest.index(after: at)...]
    } else {
      login = nil
    }
    guard let place = HostAndPort(rest) else {
      throw Unusable(why: "the proxy setting is not of the form http://host:port")
    }
    host = place.host
    port = place.port ?? 80
  }

  private static func login(_ text: Substring) throws(Unusable) -> Login {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let decoded = parts.map(percentDecoded)
    guard let user = decoded.first ?? nil, let password = decoded.count > 1 ? decoded[1] : "" else {
      throw Unusable(why: "the proxy's user or password has a broken percent sign")
    }
    return Login(user: user, password: password)
  }

  private static func percentDecoded(_ text: Substring) -> String? {
    let bytes = String(text).withBytes { text -> [UInt8]? in
      var (bytes, offset) = ([] as [UInt8], 0)
      while offset < text.byteCount {
        let code = PercentEncoding.code(text, at: offset)
        let isBroken = code == nil && text[offset] == UInt8(ascii: "%")
        guard !isBroken else { return nil }
        bytes.append(code ?? text[offset])
        offset += code == nil ? 1 : 3
      }
      return bytes
    }
    return bytes.flatMap { String(validating: $0, as: UTF8.self) }
  }
}
