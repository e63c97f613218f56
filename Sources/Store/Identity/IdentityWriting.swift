internal import Basics
internal import Connections
internal import Secrets

/// One text after the other in place of the identity file, wrapped or not, while the keys stay at hand.
struct IdentityWriting: ~Copyable {
  private let file: StandardIdentity
  private let keyring: IdentityProvider
  /// What is not done where it fails, for the errors.
  private let what: String
  private let passphrase: SecretBuffer?
  private let workFactor: Int
  /// Of what lies there; nil where nothing does.
  private var digest: [UInt8]?

  /// - Parameters:
  ///   - digest: of what the first text takes the place of; nil of nothing.
  ///   - passphrase: that each is wrapped with; nil leaves them in the clear.
  ///   - workFactor: the base-two logarithm of scrypt's cost.
  init(
    _ file: StandardIdentity, over digest: [UInt8]?, keyring: IdentityProvider, orElse what: String,
    wrappingWith passphrase: borrowing SecretBuffer?, workFactor: Int
  ) {
    self.file = file
    self.keyring = keyring
    self.what = what
    self.passphrase =
      switch passphrase {
      case .some(let passphrase): passphrase.duplicate()
      case nil: nil
      }
    self.workFactor = workFactor
    self.digest = digest
  }

  mutating func write(_ text: borrowing SecretBuffer) throws(StoreError) {
    let written: [UInt8]
    switch passphrase {
    case .some(let passphrase):
      let wrapped: SecretBuffer
      do {
        wrapped = try StandardIdentity.wrap(text, with: passphrase, workFactor: workFactor)
      } catch {
        throw .identity(Explanation(what: what, why: error.reason))
      }
      written = try file.replace(digest, by: wrapped, orElse: what)
      keyring.adopt(text, of: written, isWrapped: true)
    case nil:
      written = try file.replace(digest, by: text, orElse: what)
      keyring.adopt(text, of: written, isWrapped: false)
    }
    digest = written
  }
}
