internal import Basics
internal import Glibc
internal import NIOCore
internal import NIOSSL
internal import Requests

/// The certificate authorities that are trusted.
struct TrustRoots: Equatable, Sendable {
  /// The file that holds the usual ones.
  let base: String?
  /// Where the same ones lie one by one, under the hashes of their names, as the system's own TLS library looks them up;
  /// nil where they do not.
  let directory: String?
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

  /// Of Debian, Ubuntu, Arch, Alpine and openSUSE.
  static let usualDirectory = "/etc/ssl/certs"

  /// - Parameters:
  ///   - environmentFile: from `SSL_CERT_FILE`; takes the place of the system's file.
  ///   - optionFile: added to either.
  init(
    environmentFile: String?, optionFile: String?, usualPaths: [String] = TrustRoots.usualPaths,
    usualDirectory: String = TrustRoots.usualDirectory
  ) throws(TransportFailure) {
    if let environmentFile {
      try TrustRoots.demand(environmentFile, namedBy: "SSL_CERT_FILE")
      base = environmentFile
      directory = nil
    } else {
      base = usualPaths.first(where: TrustRoots.isReadable)
      directory = base != nil && TrustRoots.isHashed(usualDirectory) ? usualDirectory : nil
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
  /// - Parameter authorities: `.named` only where there is a directory.
  func configuration(_ authorities: TLSContexts.Authorities) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.certificateVerification = .fullVerification
    configuration.applicationProtocols = ["http/1.1"]
    // The farewell of a server that does not answer is not waited for.
    configuration.shutdownTimeout = .milliseconds(100)
    let usual =
      switch authorities {
      case .named: directory ?? base
      case .all: base
      }
    if let usual {
      configuration.trustRoots = .file(usual)
      if let additional { configuration.additionalTrustRoots = [.file(additional)] }
    } else if let additional {
      configuration.trustRoots = .file(additional)
    }
    return configuration
  }

  /// Whether a directory has names like `0a775a30.0`, by which authorities are found without reading all of them.
  private static func isHashed(_ directory: String) -> Bool {
    (FilePath.names(in: directory) ?? []).contains { name in
      name.utf8.count == 10 && name.hasSuffix(".0")
        && name.utf8.prefix(8).allSatisfy { $0.hexValue != nil }
    }
  }

  private static func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

  private static func demand(_ path: String, namedBy source: String) throws(TransportFailure) {
    guard isReadable(path) else {
      throw TransportFailure(
        .tls, "the file of certificate authorities named by \(source) cannot be read")
    }
  }
}
