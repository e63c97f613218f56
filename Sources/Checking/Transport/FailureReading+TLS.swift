internal import NIOSSL
internal import Requests

/// What went wrong in the TLS handshake, or was said of it by the server.
extension FailureReading {
  func tls(_ error: NIOSSLError) -> TransportFailure {
    switch error {
    case .handshakeFailed(.sslError(let stack)), .handshakeFailed(.unknownError(let stack)):
      if stack.contains(.eofDuringHandshake) { return closed }
      return handshake(stack.map(\.description).joined())
    case .unableToValidateCertificate: return Self.wrongName
    case .uncleanShutdown: return closed
    case .noSuchFilesystemObject, .failedToLoadCertificate:
      return unreadableAuthorities
    default: return TransportFailure(.tls, "the handshake failed")
    }
  }

  func tls(_ error: NIOSSLExtraError) -> TransportFailure {
    if error == .failedToValidateHostname { return Self.wrongName }
    return TransportFailure(.tls, "the handshake failed")
  }

  /// An error beside the handshake. In TLS 1.3 a server looks at the client's certificate when the client has already
  /// finished, and says so by an alert later. Anything else comes of the files that the handshake needs.
  func alert(_ error: BoringSSLError) -> TransportFailure {
    guard case .sslError(let stack) = error else { return unreadableAuthorities }
    let text = stack.map(\.description).joined()
    return text.contains("ALERT") ? handshake(text) : unreadableAuthorities
  }

  /// The certificate itself was not accepted, which the library does not explain further.
  static let unverified = TransportFailure(.tls, "its certificate cannot be verified")

  static var wrongName: TransportFailure {
    TransportFailure(.tls, "its certificate was issued for another name")
  }

  private var unreadableAuthorities: TransportFailure {
    TransportFailure(.tls, "the file of certificate authorities cannot be read")
  }

  /// The reasons in BoringSSL's list of errors (`err.h`) that a reader can do something about.
  private func handshake(_ text: String) -> TransportFailure {
    if let words = identityWords(text) { return TransportFailure(.clientCertificate, words) }
    if text.contains("CERTIFICATE_VERIFY_FAILED") { return Self.unverified }
    return TransportFailure(.tls, handshakeWords(text))
  }

  private func handshakeWords(_ text: String) -> String {
    if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
      return "it does not speak TLS"
    }
    if text.contains("PROTOCOL_VERSION") || text.contains("UNSUPPORTED_PROTOCOL") {
      return "it speaks only versions of TLS that are no longer safe"
    }
    return "the handshake failed"
  }

  /// What the server's alert says of the client's certificate; nil when it is about something else. Servers that speak
  /// TLS 1.2 have no alert of its own for a missing one; those that do not like one often say no more than that the
  /// handshake failed.
  private func identityWords(_ text: String) -> String? {
    let isAbout = { (words: String...) in words.contains { text.contains("ALERT_\($0)") } }
    guard hasIdentity else {
      return isAbout("CERTIFICATE_REQUIRED", "BAD_CERTIFICATE", "NO_CERTIFICATE")
        ? "none was given" : nil
    }
    if isAbout("CERTIFICATE_EXPIRED") { return "it says that this one has expired" }
    if isAbout("CERTIFICATE_REVOKED") { return "it says that this one was revoked" }
    if isAbout("UNKNOWN_CA") { return "it does not know the authority of this one" }
    let refusals = isAbout(
      "CERTIFICATE_REQUIRED", "BAD_CERTIFICATE", "UNSUPPORTED_CERTIFICATE", "CERTIFICATE_UNKNOWN",
      "ACCESS_DENIED", "DECRYPT_ERROR", "HANDSHAKE_FAILURE")
    return refusals ? "it refuses this one" : nil
  }
}
