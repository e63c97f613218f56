package import Secrets

/// A request of the check, complete: what is sent, byte for byte, and where. Owned by whoever sends it and wiped with
/// it.
package struct PreparedRequest: ~Copyable, Sendable {
  /// `GET`, in capitals.
  package let method: String
  /// The absolute address. May hold a secret.
  package let url: SecretBuffer
  package let origin: Origin
  package let headers: PreparedHeaders
  /// Nil for a request without a body, which is not the same as an empty one.
  package let body: SecretBuffer?
  /// Shown to a server that asks for one at the TLS handshake.
  package internal(set) var clientCertificate: ClientCertificate?

  init(
    method: String, url: consuming SecretBuffer, headers: consuming PreparedHeaders,
    body: consuming SecretBuffer?
  ) throws(RequestError) {
    let origin = try url.withBytes { bytes throws(RequestError) in try Origin(ofAddress: bytes) }
    self.init(method: method, url: url, origin: origin, headers: headers, body: body)
  }

  init(
    method: String, url: consuming SecretBuffer, origin: Origin,
    headers: consuming PreparedHeaders, body: consuming SecretBuffer?
  ) {
    self.origin = origin
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}
