internal import Basics
internal import NIOCore
internal import NIOSSL
internal import Requests
internal import Signing

/// Holds the server's certificate to the host's name, after the library has verified it and before a request is sent.
///
/// The library's own check passes a certificate also when it was issued for the *address* that was connected to,
/// whatever the name. Whoever can answer for a name server could then send the credentials to an address of their own
/// for which they have a perfectly good certificate. Here a name needs a certificate with that name.
enum CertificateName {
  /// Looks at the certificate of a new connection to `origin`, on its event loop. An address has been compared by the
  /// library.
  /// - Throws: when it is for another name, or too weak.
  static func check(_ channel: any Channel, for origin: Origin) throws -> CertificateOutline? {
    let certificate = try channel.pipeline.syncOperations.nioSSL_peerCertificate()
    guard let certificate, origin.literal != nil || isValid(certificate, for: origin.host) else {
      throw FailureReading.wrongName
    }
    let outline = CertificateStrength.outline(certificate)
    if let weakness = outline.flatMap(CertificateStrength.weakness(of:)) {
      throw TransportFailure(.tls, weakness)
    }
    return outline
  }

  private static func isValid(_ certificate: NIOSSLCertificate, for host: String) -> Bool {
    certificate._subjectAlternativeNames().contains { name in
      name.nameType == .dnsName && matches(String(decoding: name.contents, as: UTF8.self), host)
    }
  }

  /// RFC 9525: a star stands for exactly the first label, and never for a label right under a top-level domain.
  static func matches(_ pattern: String, _ host: String) -> Bool {
    let pattern = pattern.lowercased()
    let host = host.withoutFinalDot
    guard pattern.hasPrefix("*.") else { return pattern == host }
    guard let dot = host.firstIndex(of: "."), dot != host.startIndex else { return false }
    let parent = pattern.dropFirst(2)
    return parent.contains(".") && host[host.index(after: dot)...] == parent
  }
}
