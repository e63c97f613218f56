internal import Glibc
internal import NIOCore
internal import NIOSSL
internal import Requests

/// The certificate authorities that are trusted.
struct TrustRoots: Equatable, Sendable {
  /// The file that holds the usual ones.
  let base: String?
  /// The organization's own, by explicit option.
  let additional: String?

  /// Where systems keep their authorities in one PEM file. Looked up by us: the release is one static file that may
  /// run on any system, and in a bare directory tree that has none.
  static let usualPaths = [
    "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Arch, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  // Fedora, Red Hat
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Red Hat 7 and later
    "/etc/ssl/ca-bundle.pem",  // openSUSE
    "/etc/ssl/cert.pem",  // Alpine, the BSDs
    "/etc/pki/tls/cacert.pem",
    "/usr/share/ssl/certs/ca-bundle.crt",
    "/run/current-system/sw/etc/ssl/certs/ca-bundle.crt",  // NixOS
  ]

  /// - Parameters:
  ///   - environmentFile: from `SSL_CERT_FILE`; takes the place of the system's file.
  ///   - optionFile: added to either.
  init(
    environmentFile: String?, optionFile: String?, usualPaths: [String] = TrustRoots.usualPaths
  ) throws(TransportFailure) {
    if let environmentFile {
      try TrustRoots.demand(environmentFile, namedBy: "SSL_CERT_FILE")
      base = environmentFile
    } else {
      base = usualPaths.first(where: TrustRoots.isReadable)
    }
    if let optionFile { try TrustRoots.demand(optionFile, namedBy: "the certificate option") }
    additional = optionFile
    guard base != nil || additional != nil else {
      throw TransportFailure(
        .tls,
        "this machine has no list of authorities: install ca-certificates, or set SSL_CERT_FILE"
      )
    }
  }

  /// What the client demands of every server: TLS 1.2 or later, a trusted certificate, the right name.
  var configuration: TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.certificateVerification = .fullVerification
    // The farewell of a server that does not answer is not waited for.
    configuration.shutdownTimeout = .milliseconds(100)
    if let base {
      configuration.trustRoots = .file(base)
      if let additional { configuration.additionalTrustRoots = [.file(additional)] }
    } else if let additional {
      configuration.trustRoots = .file(additional)
    }
    return configuration
  }

  private static func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

  private static func demand(_ path: String, namedBy source: String) throws(TransportFailure) {
    guard isReadable(path) else {
      throw TransportFailure(
        .tls, "the file of certificate authorities named by \(source) cannot be read")
    }
  }
}
