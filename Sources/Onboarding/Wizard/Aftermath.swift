internal import Connections
internal import Requests

/// What is to be said of values that gave way to others.
struct Aftermath: Equatable {
  /// What became of the key among them.
  enum OldKey: Equatable {
    case untouched
    case revoked
    /// It is, and why only that could not be noted.
    case revokedUnnoted(StoreError)
    case notRevoked(Diagnosis)
    /// Nobody waited for the answer.
    case unknown

    var isRevoked: Bool {
      switch self {
      case .revoked, .revokedUnnoted: true
      case .untouched, .notRevoked, .unknown: false
      }
    }
  }

  /// Whether no value gave way: only when they end was said.
  var isEndAlone = false
  /// Whether they are kept, so that they can be brought back.
  var keepsFormer = false
  /// Whether it could not be told if the account is the same.
  var isSameAccountUnknown = false
  /// Whether a key is among them that may still be good.
  var leavesOldKey = false
  var oldKey = OldKey.untouched
}
