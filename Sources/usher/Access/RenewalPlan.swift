internal import Basics
internal import Connections

/// What has to be known to renew the files of a command that runs: where the store is, how a provider is reached, which
/// token stands in which file. No secret; it goes from `usher run` to the process that renews.
struct RenewalPlan: Equatable {
  /// A connection with files that hold its tokens.
  struct Entry: Equatable {
    var connection: ConnectionName
    /// The names of the files.
    var files: [TokenMember: String]
    /// When the files need another token.
    var due: Timestamp
  }

  /// Absolute paths, for the process has another working directory.
  var store: String
  var identity: String?
  var certificateAuthority: String?
  var entries: [Entry]
}

extension RenewalPlan {
  var json: Value {
    .map([
      ("store", .string(store)), ("identity", .optional(identity)),
      ("ca", .optional(certificateAuthority)), ("entries", .list(entries.map(\.json))),
    ])
  }

  /// Nil where something is missing.
  init?(_ json: Value) {
    guard let store = json["store"]?.text, let list = json["entries"]?.list else { return nil }
    let entries = list.compactMap(Entry.init)
    guard entries.count == list.count else { return nil }
    self.init(
      store: store, identity: json["identity"]?.text, certificateAuthority: json["ca"]?.text,
      entries: entries)
  }
}

extension RenewalPlan.Entry {
  fileprivate var json: Value {
    let files = files.sorted { $0.value < $1.value }
    return .map([
      ("provider", .string(connection.provider)), ("name", .string(connection.name)),
      ("due", .string(due.description)),
      ("files", .map(Value.Map(members: files.map { ($0.key.rawValue, .string($0.value)) }))),
    ])
  }

  fileprivate init?(_ json: Value) {
    guard let provider = json["provider"]?.text, let name = json["name"]?.text,
      let connection = ConnectionName(provider: provider, name: name),
      let due = json["due"]?.text.flatMap({ Timestamp($0) }), let map = json["files"]?.map
    else { return nil }
    self.init(connection: connection, files: [:], due: due)
    for member in map.members {
      guard let token = TokenMember(rawValue: member.key), let file = member.value.text else {
        return nil
      }
      files[token] = file
    }
  }
}
