internal import Connections

/// What a change has put in, to be read back after it.
struct WrittenRow: Hashable {
  let content: SealedContent
  let name: ConnectionName
}

/// Where SQLite keeps what is sealed: each kind in a table of its own, by the number of its connection.
extension SealedContent {
  var table: String {
    switch self {
    case .record: "records"
    case .token: "tokens"
    }
  }

  var column: String { rawValue }
}
