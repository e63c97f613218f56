/// How a client proves itself at a token endpoint, by the names of the registry (RFC 8414, section 2). A key of its own
/// (`private_key_jwt`) is never registered: servers of MCP refuse it.
package enum ClientAuthentication: String, Sendable, Equatable {
  /// A public client only says what it is called.
  case none
  /// Its identifier and secret as user name and password of HTTP's Basic scheme.
  case basic = "client_secret_basic"
  /// The same among the parameters.
  case post = "client_secret_post"
}
