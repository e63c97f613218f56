import Basics
import FuzzSupport
import Secrets

@testable import Requests
@testable import Signing

/// Reads any bytes as a key for each algorithm, in every form that keys have, and signs with what is one.
///
/// libFuzzer calls this in a loop; whatever must not happen stops the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzKey(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = SecretBuffer(fuzz: unsafe FuzzInput(start, count).bytes)
  let algorithms = [TokenAlgorithm.hs256, .rs256, .es256, .es384, .es512, .edDSA]
  text.withBytes { text in
    _ = SigningKey.publicKeyDER(ofPEM: text)
    let found = try? PrivateKeyDER(text)
    for algorithm in algorithms {
      if let found,
        let key = try? SigningKey(found.kind, text.extracting(found.range), for: algorithm)
      {
        sign(with: key)
      }
      if let key = try? SigningKey(pem: text, for: algorithm) { sign(with: key) }
      if let key = try? SigningKey(hex: text, for: algorithm) { sign(with: key) }
      if let key = try? JSONWebKey(text).signingKey(for: algorithm) { sign(with: key) }
    }
    if let certificate = try? ClientCertificate(certificate: text, privateKey: text) {
      let isPEM = certificate.privateKey.withBytes { (try? PEM.privateKey($0)) != nil }
      if !isPEM { fatalError("a key was written that cannot be read") }
    }
  }
  return 0
}

private func sign(with key: borrowing SigningKey) {
  let message = SecretBuffer(fuzz: "signed".utf8)
  _ = message.withBytes { try? key.sign($0) }
  _ = key.publicKeyDER()
}
