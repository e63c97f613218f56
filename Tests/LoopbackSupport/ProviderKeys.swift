internal import FoundationEssentials
internal import TestSupport

/// Key pairs for requests that are signed, made by `Fixtures/PythonProvider/keys.py` when the first test asks. They go
/// with the test run.
package struct ProviderKeys: Decodable, Sendable {
  package struct Pair: Decodable, Sendable {
    /// PKCS #8, in PEM.
    package let `private`: String
    /// In PEM.
    package let `public`: String
    /// SHA-256 of the public key in DER, in Base64.
    package let fingerprint: String
    /// The private key as a JSON Web Key; nil where it is not of RSA.
    package let jwk: String?
  }

  package let rsa: Pair
  /// Another one of the same kind: what a provider does not know.
  package let otherRSA: Pair
  package let ec: Pair
  package let otherEC: Pair

  private enum CodingKeys: String, CodingKey {
    case rsa, ec
    case otherRSA = "other_rsa"
    case otherEC = "other_ec"
  }

  /// One set for the whole test run. Tests that use them need `PythonProvider.interpreter`.
  package static let shared: ProviderKeys = {
    guard let interpreter = PythonProvider.interpreter else {
      preconditionFailure("there is no Python with cryptography")
    }
    let made = ChildProcess.run(interpreter, ["-B", "-E", PythonProvider.script("keys.py")])
    guard let keys = try? JSONDecoder().decode(ProviderKeys.self, from: Data(made.output)) else {
      preconditionFailure("no keys were made: \(made.errorText)")
    }
    return keys
  }()
}
