internal import Connections

/// What a store keeps sealed of a connection. Its word is what a person is told.
enum SealedContent: String, Hashable {
  case record
  case token

  /// What an opened store has of a connection; nil where that is nothing.
  func read(
    _ name: ConnectionName, in store: any OpenedStore
  ) throws(StoreFailure) -> [UInt8]? {
    switch self {
    case .record: try store.sealed(name).record
    case .token: try store.token(name).kept?.file
    }
  }
}
