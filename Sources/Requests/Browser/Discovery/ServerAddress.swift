internal import Basics

/// The address of a server, taken apart for the places where its words are kept.
struct ServerAddress: Equatable, Sendable {
  /// `https://host:port`
  let origin: String
  /// Without a slash at its end; empty where there is none.
  let path: String

  /// Nil when the text is no web address.
  init?(_ text: String) {
    let read = text.withBytes { bytes -> (String, String)? in
      guard let parts = try? AddressComponents(of: bytes) else { return nil }
      let isUsual = parts.origin.port == parts.origin.scheme.defaultPort
      let port = isUsual ? "" : ":\(parts.origin.port)"
      let host = "\(parts.origin.scheme.rawValue)://\(parts.origin.bracketedHost)\(port)"
      return (host, bytes.shownText(parts.path))
    }
    guard let (origin, path) = read else { return nil }
    self.origin = origin
    var end = path[...]
    while end.hasSuffix("/") { end = end.dropLast() }
    self.path = String(end)
  }

  /// Whether another address lies at this one or below it.
  func contains(_ other: ServerAddress) -> Bool {
    origin == other.origin && (path == other.path || other.path.hasPrefix(path + "/"))
  }

  /// Where words of this kind are kept, before the path (RFC 8615).
  func wellKnown(_ name: String, withPath: Bool) -> String {
    "\(origin)/.well-known/\(name)\(withPath ? path : "")"
  }

  /// Where the words of a server that gives out tokens may be kept, in the order in which they are asked for.
  var metadataPlaces: [String] {
    let names = ["oauth-authorization-server", "openid-configuration"]
    if path.isEmpty { return names.map { wellKnown($0, withPath: false) } }
    return names.map { wellKnown($0, withPath: true) }
      + ["\(origin)\(path)/.well-known/openid-configuration"]
  }

  /// Where the words of a resource may be kept.
  var resourcePlaces: [String] {
    let name = "oauth-protected-resource"
    let root = wellKnown(name, withPath: false)
    return path.isEmpty ? [root] : [wellKnown(name, withPath: true), root]
  }
}
