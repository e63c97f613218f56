import Basics
import Crypto
import Secrets
import Store

@testable import Store

/// Both halves of a key of a test, the private one as the text of an identity file. No secret: nobody else uses it.
struct TestKey: Sendable {
  let recipient: AgeRecipient
  let text: [UInt8]

  init(_ identities: borrowing AgeIdentities) {
    recipient = identities.recipients[0]
    var text = SecretBuffer()
    let isWritten = identities.write(0, to: &text)
    precondition(isWritten)
    self.text = text.withBytes { $0.copied() } + [UInt8(ascii: "\n")]
  }

  /// A new one of age's own.
  static func native() -> TestKey { TestKey(AgeIdentities(generating: .x25519)) }

  /// A new one of SSH.
  static func ssh() -> TestKey { TestKey(.ssh(SecretBuffer(random: AgeIdentities.seedLength))) }

  func identities() throws(IdentityFileError) -> AgeIdentities { try .parsing(text) }
}

extension AgeIdentities {
  /// An SSH key of a seed.
  static func ssh(_ seed: borrowing SecretBuffer) -> AgeIdentities {
    var identities = AgeIdentities()
    let isAdded = seed.withBytes { seed in
      let key = unsafe seed.withUnsafeBytes { bytes in
        try? unsafe Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
      }
      guard let key else { return false }
      return identities.append(
        sshEd25519: seed, publicKey: Array(key.publicKey.rawRepresentation))
    }
    precondition(isAdded)
    return identities
  }

  /// The keys in the text of an identity file.
  static func parsing(_ text: [UInt8]) throws(IdentityFileError) -> AgeIdentities {
    try text.withBytes { bytes throws(IdentityFileError) in try IdentityFile.parse(bytes) }
  }
}
