internal import Connections

/// Something that a store keeps sealed.
enum SealedContent: Hashable {
  case record(ConnectionName)
  case token(ConnectionName)
  case formerRecord(ConnectionName)
  case formerToken(ConnectionName)
  case application(ApplicationName)
  case draft(ConnectionName)
  case rowKey

  /// What a person is told of it.
  var word: String {
    switch self {
    case .record: "record"
    case .token: "token"
    case .formerRecord: "former record"
    case .formerToken: "former token"
    case .application: "application"
    case .draft: "draft"
    case .rowKey: "key of the rows"
    }
  }

  /// What an opened store has of it; nil where that is nothing.
  func read(in store: any OpenedStore) throws(StoreFailure) -> [UInt8]? {
    switch self {
    case .record(let name): try store.sealed(name).record
    case .token(let name): try store.token(name).kept?.file
    case .formerRecord(let name): try store.former(name).kept?.record
    case .formerToken(let name): try store.former(name).kept?.token?.file
    case .application(let name): try store.application(name)?.file
    case .draft(let name): try store.draft(name)
    case .rowKey: try store.rowKey()
    }
  }
}
