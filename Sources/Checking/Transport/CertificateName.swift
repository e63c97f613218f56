internal import Basics
internal import NIOCore
internal import NIOSSL

/// Holds the server's certificate to the host's name, after the library has verified it and before a request is sent.
///
/// The library's own check passes a certificate also when it was issued for the *address* that was connected to,
/// whatever the name. Whoever can answer for a name server could then send the credentials to an address of their own
/// for which they have a perfectly good certificate. Here a name needs a certificate with that name.
enum CertificateName {
  /// What to do with a new connection to `origin`; the connection is dropped when the future fails.
  static func check(for origin: Origin) -> @Sendable (any Channel) -> EventLoopFuture<Void> {
    { channel in
      channel.eventLoop.makeCompletedFuture {
        let certificate = try channel.pipeline.syncOperations.nioSSL_peerCertificate()
        guard let certificate, isValid(certificate, for: origin.host) else {
          channel.close(promise: nil)
          throw FailureReading.wrongName
        }
      }
    }
  }

  private static func isValid(_ certificate: NIOSSLCertificate, for host: String) -> Bool {
    certificate._subjectAlternativeNames().contains { name in
      name.nameType == .dnsName && matches(String(decoding: name.contents, as: UTF8.self), host)
    }
  }

  /// RFC 9525: a star stands for exactly the first label, and never for a label right under a top-level domain.
  static func matches(_ pattern: String, _ host: String) -> Bool {
    let pattern = pattern.lowercased()
    let host = host.hasSuffix(".") ? String(host.dropLast()) : host
    guard pattern.hasPrefix("*.") else { return pattern == host }
    guard let dot = host.firstIndex(of: "."), dot != host.startIndex else { return false }
    let parent = pattern.dropFirst(2)
    return parent.contains(".") && host[host.index(after: dot)...] == parent
  }
}
