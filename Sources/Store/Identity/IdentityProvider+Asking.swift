internal import Basics
internal import Connections
internal import Secrets
internal import Synchronization

/// Asking for the passphrase of a locked identity, once something is to be read.
extension IdentityProvider {
  /// Tries what the source of passphrases gives, for as long as it gives another after a wrong one. Where nothing came of it,
  /// nobody is asked again.
  /// - Parameter need: what it is needed for, said where nobody gives one; nil where that goes without saying.
  /// - Throws: `.identity` where it stays locked.
  func unlockByAsking(because need: String? = nil) throws(StoreError) {
    if let refusal = refusal.withLock({ $0 }) { throw refusal }
    do throws(StoreError) {
      guard let passphrases else { throw locked(because: need) }
      var attempt = 1
      while let passphrase = try passphrases.passphrase(for: source.text, attempt: attempt) {
        do throws(StoreError) {
          return try unlock(passphrase)
        } catch {
          guard error == wrongPassphrase else { throw error }
          attempt += 1
        }
      }
      throw attempt == 1 ? locked(because: need) : wrongPassphrase
    } catch {
      refusal.withLock { $0 = error }
      throw error
    }
  }

  /// What is said whatever was wrong about a passphrase.
  var wrongPassphrase: StoreError {
    .identity(
      Explanation(
        what: "the identity \(source.text) stays locked", why: "the passphrase is wrong"))
  }
}
