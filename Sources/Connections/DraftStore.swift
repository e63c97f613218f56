package import Drafts

/// Sealed drafts at rest: what had been accepted when a session ended early. Sealing needs only the recipient, so
/// keeping never asks for anything; what is on disk cannot be read without the identity.
package protocol DraftStore: ~Copyable {
  /// Puts the values in place of what was kept under the name.
  func saveDraft(_ draft: consuming Submission, for name: ConnectionName) throws(StoreError)
  /// What was kept under the name, or nil.
  func resume(_ name: ConnectionName) throws(StoreError) -> SecretValues?
  /// Drops what was kept under the name, if there is anything.
  func forget(_ name: ConnectionName) throws(StoreError)
}
