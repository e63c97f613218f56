internal import NIOSSL
internal import Requests
internal import Secrets

/// A client certificate in the form that the TLS library takes. Like everything that leaves locked memory for a check
/// it ends with the helper process.
struct ClientIdentity: Equatable, Sendable {
  private let chain: [NIOSSLCertificate]
  private let key: NIOSSLPrivateKey

  /// - Throws: when a part cannot be read, or the two do not belong together.
  init(_ certificate: borrowing ClientCertificate) throws(TransportFailure) {
    try self.init(chain: certificate.chain, key: certificate.privateKey)
  }

  /// - Parameters:
  ///   - chain: PEM.
  ///   - key: PEM.
  init(
    chain: borrowing SecretBuffer, key: borrowing SecretBuffer
  ) throws(TransportFailure) {
    let chain = chain.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe try? NIOSSLCertificate.fromPEMBytes(Array($0)) }
    }
    guard let chain, !chain.isEmpty else {
      throw TransportFailure(.clientCertificate, "the one that was given cannot be read")
    }
    let key = key.withBytes { bytes in
      unsafe bytes.withUnsafeBytes {
        unsafe try? NIOSSLPrivateKey(bytes: Array($0), format: .pem)
      }
    }
    guard let key else {
      throw TransportFailure(.clientCertificate, "the private key of this one cannot be read")
    }
    (self.chain, self.key) = (chain, key)
    try checkTogether()
  }

  /// Adds it to what the client says of itself.
  func add(to configuration: inout TLSConfiguration) {
    configuration.certificateChain = chain.map { .certificate($0) }
    configuration.privateKey = .privateKey(key)
  }

  /// The library compares the two keys when it takes them both, and says no more than that it does not.
  private func checkTogether() throws(TransportFailure) {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates([])
    add(to: &configuration)
    guard (try? NIOSSLContext(configuration: configuration)) != nil else {
      throw TransportFailure(
        .clientCertificate, "the private key does not belong to the certificate that was given")
    }
  }
}
