internal import Basics
internal import NIOSSL
internal import Signing

/// Refuses certificates whose signatures can be forged today. The TLS library accepts them from an authority that is
/// trusted, and public authorities have not been allowed to issue them for years; an organization's own still may.
enum CertificateStrength {
  /// The least that NIST SP 800-57 and the public authorities' rules allow.
  private static let leastBits = 2048

  /// What is wrong with a server's own certificate, as a clause; nil when nothing is.
  static func weakness(of certificate: CertificateOutline) -> String? {
    weakness(certificate, of: "its certificate")
  }

  /// Whether one of the authorities has signed the certificate itself, with a key and by a digest that are strong enough:
  /// then nothing else that is in its chain is trusted for it.
  static func isProven(
    _ certificate: CertificateOutline, by anchors: [CertificateOutline]
  ) -> Bool {
    anchors.contains {
      $0.subject == certificate.issuer && weakness(of: $0) == nil && certificate.isSigned(by: $0)
    }
  }

  /// What is wrong with anything in a chain.
  /// - Parameters:
  ///   - presented: by the server, its own first.
  ///   - anchors: the authorities that are trusted in addition; the one that issued the last of the chain counts.
  static func weakness(
    in presented: [NIOSSLCertificate], anchors: [CertificateOutline]
  ) -> String? {
    let chain = presented.compactMap(outline)
    guard let first = chain.first else { return nil }
    if let found = weakness(first, of: "its certificate") { return found }
    for certificate in chain.dropFirst() {
      if let found = weakness(certificate, of: "a certificate of its chain") { return found }
    }
    guard let last = chain.last else { return nil }
    let issuers = anchors.filter { $0.subject == last.issuer }
    return issuers.lazy.compactMap { weakness($0, of: "the certificate of its authority") }.first
  }

  static func outline(_ certificate: NIOSSLCertificate) -> CertificateOutline? {
    (try? certificate.toDERBytes())?.withBytes { CertificateOutline(der: $0) } ?? nil
  }

  private static func weakness(_ certificate: CertificateOutline, of what: String) -> String? {
    if let bits = certificate.rsaBits, bits < leastBits {
      return "\(what) has an RSA key of \(bits) bits, and less than \(leastBits) can be broken"
    }
    // What an authority says of itself is trusted because it is in the list, and not because it is signed.
    if certificate.hasWeakSignature, !certificate.isSelfIssued {
      return "\(what) is signed with SHA-1 or something older, which can be forged"
    }
    return nil
  }
}
