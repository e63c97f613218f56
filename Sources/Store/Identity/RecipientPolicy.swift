/// What a new store is sealed to, where there is no identity yet.
package enum RecipientPolicy: Equatable, Sendable {
  /// A new X25519 identity, kept in a file that only this user can read.
  case newIdentity
  /// A new post-quantum identity. Exported records then need age 1.3 to be opened.
  case newPostQuantumIdentity
  /// Recipients whose identities are elsewhere: this machine can store and not read.
  case recipients([AgeRecipient])

  /// Which identity is made; nil where none is.
  var kindOfNewIdentity: AgeIdentities.Kind? {
    switch self {
    case .newIdentity: .x25519
    case .newPostQuantumIdentity: .postQuantum
    case .recipients: nil
    }
  }
}
