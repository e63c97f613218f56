internal import Basics
internal import ProviderFormat

/// Reads what servers say of themselves, and believes none of it that would lead to another place than it should.
struct MetadataReader {
  /// Whether plain http, numbers and this machine are allowed: for servers that run here.
  let allowsLoopback: Bool

  /// What a resource says of itself (RFC 9728, section 2).
  struct Resource: Equatable {
    /// The first of the servers that give out tokens for it; nil where none is named.
    let server: String?
    let resource: String
    let scopes: Scopes
  }

  /// - Parameter address: of the server of MCP: what it calls itself has to be that, or stand above it.
  func resource(
    _ value: Value, for address: ServerAddress
  ) throws(DiscoveryFault) -> Resource {
    guard let name = value["resource"]?.text, let own = ServerAddress(name),
      own.contains(address)
    else { throw .otherResource }
    let servers = value["authorization_servers"]?.texts ?? []
    if let server = servers.first { try check(server, as: "authorization_servers") }
    return Resource(
      server: servers.first, resource: name, scopes: Scopes(value["scopes_supported"]?.texts ?? []))
  }

  /// What a server says (RFC 8414, section 2; OpenID Connect Discovery has the same names).
  /// - Parameter issuer: whom the words were asked of.
  func server(
    _ value: Value, of issuer: String
  ) throws(DiscoveryFault) -> AuthorizationServer {
    guard let name = value["issuer"]?.text, AuthorizationServer.isSame(name, issuer) else {
      throw .otherIssuer(
        asked: issuer, named: PrintableText.cut(value["issuer"]?.text ?? "", atMost: 200))
    }
    guard let authorization = value["authorization_endpoint"]?.text,
      let token = value["token_endpoint"]?.text
    else { throw .noEndpoint }
    try check(authorization, as: "authorization_endpoint")
    try check(token, as: "token_endpoint")
    guard value["response_types_supported"]?.texts.contains("code") == true else {
      throw .lacks("the response type code")
    }
    let methods = value["code_challenge_methods_supported"]?.texts ?? []
    guard methods.isEmpty || methods.contains(ProofKey.method) else {
      throw .lacks("the challenge method S256")
    }
    var server = AuthorizationServer(
      issuer: name, authorizationEndpoint: authorization, tokenEndpoint: token)
    server.takeLists(of: value)
    // Without these one can do.
    server.registrationEndpoint = usable(value["registration_endpoint"])
    server.deviceEndpoint = usable(value["device_authorization_endpoint"])
    server.revocationEndpoint = usable(value["revocation_endpoint"])
    return server
  }

  private func usable(_ value: Value?) -> String? {
    guard let address = value?.text, (try? check(address, as: "")) != nil else { return nil }
    return address
  }

  /// An address that a server told is asked only over https, by a name, unless it lies on this machine and that is
  /// allowed.
  private func check(_ address: String, as name: String) throws(DiscoveryFault) {
    guard let origin = address.withBytes({ try? Origin(ofAddress: $0) }) else {
      throw .badAddress(name)
    }
    let isNumber = IPAddress(origin.host) != nil
    let isHere = Self.isHere(origin.host)
    if isHere, allowsLoopback { return }
    guard origin.scheme == .https, !isNumber, !isHere, origin.host.contains(".") else {
      throw .badAddress(name)
    }
  }

  /// Whether a host is this machine by its name alone.
  static func isHere(_ host: String) -> Bool {
    host == "localhost" || host.hasPrefix("127.") || host == "::1"
  }
}
