internal import TestSupport

/// A server of MCP on loopback, made with the protocol's own SDK, with an authorization server in it and a page where a
/// person decides. The Python program in `Fixtures/MCPServer` describes its addresses.
package final class MCPServer: Sendable {
  /// The interpreter that `.ci/setup --tests` gave the SDK and fastmcp to; nil where that has not run. Tests are skipped
  /// by name without one.
  package static let interpreter = TestPython.interpreter(with: ["mcp", "fastmcp"])

  /// How long things live. What is nil is as the program has it by default.
  package struct Settings: Encodable, Sendable {
    /// All scopes that a client may register for; `items.read` and `items.write`.
    package var scopes: [String]?
    /// The scopes that every call needs; `items.read`.
    package var required: [String]?
    /// How long an access token lives, in seconds; 3600.
    package var accessSeconds: Int?
    /// How long a code lives, in seconds; 300.
    package var codeSeconds: Int?
    fileprivate var certificate: String?
    fileprivate var key: String?

    package init() {}

    private enum CodingKeys: String, CodingKey {
      case scopes, required, certificate, key
      case accessSeconds = "access_seconds"
      case codeSeconds = "code_seconds"
    }
  }

  private let server: PythonServer
  private let isSecure: Bool

  /// Listens as soon as it returns.
  ///
  /// - Parameter isSecure: whether it speaks TLS, with a certificate of the authority that tests trust.
  package init(_ settings: Settings = Settings(), isSecure: Bool = true) throws {
    var settings = settings
    if isSecure {
      (settings.certificate, settings.key) = LoopbackCertificates.withShared {
        ($0.certificate(.right), $0.key(.right))
      }
    }
    server = try PythonServer("MCPServer/server.py", Self.interpreter, settings: settings)
    self.isSecure = isSecure
  }

  package var port: Int { server.port }

  /// Its issuer, without a slash at its end.
  package var issuer: String { "\(isSecure ? "https" : "http")://localhost:\(server.port)" }

  /// Where the protocol is spoken.
  package var url: String { "\(issuer)/mcp" }

  /// One line for each request: method, path, status, and the error, the kind of grant, the protocol's method, or `-`.
  package var log: [String] { server.log }

  /// Makes it forget every client and every token, as a server that was set up anew.
  package func forget() throws {
    _ = try ConsentingBrowser().open("\(issuer)/forget")
  }

  /// Returns as soon as nobody listens on its port any more.
  package func stop() { server.stop() }
}
