internal import TestSupport

/// An authorization server on loopback that is not ours: Authlib's, for OAuth 2.0 and OAuth 1.0a, with a page where a
/// person decides. The Python program in `Fixtures/AuthorizationServer` describes its addresses.
package final class AuthorizationServer: Sendable {
  /// An interpreter that has what the program needs: the system's, else the first on the path. Tests are skipped by name
  /// without one.
  package static let interpreter: String? = ["/usr/bin/python3", Tool.path("python3")]
    .compactMap { $0 }
    .first { ChildProcess.run($0, ["-E", "-c", "import authlib, flask"]).status == 0 }

  private let server: PythonServer
  private let isSecure: Bool

  /// Listens as soon as it returns.
  ///
  /// - Parameter isSecure: whether it speaks TLS, with a certificate of the authority that tests trust.
  package init(_ settings: Settings, isSecure: Bool = true) throws {
    var settings = settings
    if isSecure {
      (settings.certificate, settings.key) = LoopbackCertificates.withShared {
        ($0.certificate(.right), $0.key(.right))
      }
    }
    server = try PythonServer("AuthorizationServer/server.py", Self.interpreter, settings: settings)
    self.isSecure = isSecure
  }

  package var port: Int { server.port }

  /// Without a slash at its end; it names itself so too.
  package var url: String { "\(isSecure ? "https" : "http")://localhost:\(server.port)" }

  /// One line for each request: method, path, status, and the error, the kind of grant, or `-`.
  package var log: [String] { server.log }

  /// Returns as soon as nobody listens on its port any more.
  package func stop() { server.stop() }
}

extension AuthorizationServer {
  /// What is registered, and how long things live. What is nil is as the program has it by default.
  package struct Settings: Encodable, Sendable {
    package var clients: [Client]
    package var consumers: [Consumer]
    /// All scopes that there are; `profile` and `items`.
    package var scopes: [String]?
    /// How long an access token lives, in seconds; 3600.
    package var accessSeconds: Int?
    /// How long a code lives, in seconds; 300.
    package var codeSeconds: Int?
    /// How long a device code lives, in seconds; 600.
    package var deviceSeconds: Int?
    /// The pace of a device's questions, in seconds; 5.
    package var deviceInterval: Int?
    /// Whether a refresh token is good once, and a second use ends all that came of the same consent; true.
    package var rotates: Bool?
    /// Whether the answer in the browser names the server (RFC 9207); false.
    package var namesIssuer: Bool?
    fileprivate var certificate: String?
    fileprivate var key: String?

    package init(clients: [Client] = [], consumers: [Consumer] = []) {
      self.clients = clients
      self.consumers = consumers
    }

    private enum CodingKeys: String, CodingKey {
      case clients, consumers, scopes, rotates, certificate, key
      case accessSeconds = "access_seconds"
      case codeSeconds = "code_seconds"
      case deviceSeconds = "device_seconds"
      case deviceInterval = "device_interval"
      case namesIssuer = "iss"
    }
  }

  /// An application of OAuth 2.0.
  package struct Client: Encodable, Sendable {
    package var id: String
    /// Nil for a public client.
    package var secret: String?
    /// The addresses that an answer may go to, letter by letter.
    package var redirectAddresses: [String]
    /// The scopes that it may ask for, with blanks between; nil for all there are.
    package var scope: String?
    /// The one way in which it may prove itself, as OAuth names it; nil for header and members.
    package var method: String?
    /// Whether it has to use PKCE with S256.
    package var demandsProof: Bool
    /// Whether the ports of its redirect addresses do not matter.
    package var anyPort: Bool

    package init(
      _ id: String, secret: String? = nil, redirectAddresses: [String], scope: String? = nil,
      method: String? = nil, demandsProof: Bool = true, anyPort: Bool = false
    ) {
      self.id = id
      self.secret = secret
      self.redirectAddresses = redirectAddresses
      self.scope = scope
      self.method = method
      self.demandsProof = demandsProof
      self.anyPort = anyPort
    }

    private enum CodingKeys: String, CodingKey {
      case id = "client_id"
      case secret = "client_secret"
      case redirectAddresses = "redirect_uris"
      case scope, method
      case demandsProof = "pkce"
      case anyPort = "any_port"
    }
  }

  /// An application of OAuth 1.0a.
  package struct Consumer: Encodable, Sendable {
    package var key: String
    package var secret: String
    /// What may stand before the query of a callback; nil for any address. `oob` is always good.
    package var callbacks: [String]?

    package init(_ key: String, secret: String, callbacks: [String]? = nil) {
      self.key = key
      self.secret = secret
      self.callbacks = callbacks
    }
  }
}
