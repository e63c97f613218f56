internal import TestSupport

/// A server of MCP on loopback that is made with fastmcp and sends people on to an authorization server: they decide here
/// and there, and the answer in the browser names this one (RFC 9207). A wrong grant is 401 there in place of 400. The
/// Python program `Fixtures/MCPServer/proxy.py` describes the rest.
package final class MCPProxy: Sendable {
  private struct Settings: Encodable {
    let upstream: String
    let clientID: String
    let clientSecret: String
    let authority: String
    let certificate: String
    let key: String

    enum CodingKeys: String, CodingKey {
      case upstream, authority, certificate, key
      case clientID = "client_id"
      case clientSecret = "client_secret"
    }
  }

  private static let secret = "proxy-secret-EXAMPLE"

  /// What the authorization server has to know of it, whose clients it is to be among.
  package static let client = AuthorizationServer.Client(
    "proxy", secret: secret, redirectAddresses: ["https://localhost/auth/callback"], anyPort: true)

  private let server: PythonServer

  /// Listens as soon as it returns, and speaks TLS with a certificate of the authority that tests trust. It needs
  /// `MCPServer.interpreter`.
  package init(before upstream: AuthorizationServer) throws {
    let (authority, certificate, key) = LoopbackCertificates.withShared {
      ($0.authority, $0.certificate(.right), $0.key(.right))
    }
    let settings = Settings(
      upstream: upstream.url, clientID: Self.client.id, clientSecret: Self.secret,
      authority: authority, certificate: certificate, key: key)
    server = try PythonServer("MCPServer/proxy.py", MCPServer.interpreter, settings: settings)
  }

  package var port: Int { server.port }

  /// Its issuer, with a slash at its end.
  package var issuer: String { "https://localhost:\(server.port)/" }

  /// Where the protocol is spoken.
  package var url: String { "\(issuer)mcp" }

  /// One line for each request: method, path, status, and the error, the kind of grant, the protocol's method, or `-`.
  package var log: [String] { server.log }

  /// Returns as soon as nobody listens on its port any more.
  package func stop() { server.stop() }
}
