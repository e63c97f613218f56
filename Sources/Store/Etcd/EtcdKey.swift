internal import Basics
internal import Connections

/// What one key of a store holds.
struct EtcdKey: Hashable {
  /// A kind of thing. Each thing has a key of its own.
  enum Space: String, CaseIterable {
    /// Clear columns, and what a list shows, sealed.
    case rows
    case records, tokens
    case formerRecords = "former-records"
    case formerTokens = "former-tokens"
    case applications, drafts
    case rowKey = "row-key"
  }

  let space: Space
  let name: String

  static func row(_ name: ConnectionName) -> EtcdKey { EtcdKey(.rows, "\(name)") }
  static func record(_ name: ConnectionName) -> EtcdKey { EtcdKey(.records, "\(name)") }
  static func token(_ name: ConnectionName) -> EtcdKey { EtcdKey(.tokens, "\(name)") }
  static func formerRecord(_ name: ConnectionName) -> EtcdKey {
    EtcdKey(.formerRecords, "\(name)")
  }
  static func formerToken(_ name: ConnectionName) -> EtcdKey { EtcdKey(.formerTokens, "\(name)") }
  static func application(_ name: ApplicationName) -> EtcdKey { EtcdKey(.applications, "\(name)") }
  static func draft(_ name: ConnectionName) -> EtcdKey { EtcdKey(.drafts, "\(name)") }
  static let rowKey = EtcdKey(.rowKey, "1")

  init(_ space: Space, _ name: String) {
    self.space = space
    self.name = name
  }

  /// All that there may be of one connection.
  static func all(of name: ConnectionName) -> [EtcdKey] {
    [row(name), record(name), token(name), formerRecord(name), formerToken(name), draft(name)]
  }

  /// The connection that it is of; nil of a name that none has.
  var connection: ConnectionName? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    return ConnectionName(provider: String(parts[0]), name: String(parts[1]))
  }
}

/// Where the keys of a store lie.
///
/// What is stored lies under a generation, which the header names. A change that is larger than the servers take at once
/// writes the next generation beside it, and one small change makes that the one that counts.
struct EtcdLayout: Equatable {
  /// Of all keys, without a slash at its end.
  let prefix: String
  let generation: String

  static func header(_ prefix: String) -> String { "\(prefix)/header" }
  /// Put by every change, with a value of its own: it tells whether anything has changed, and whether a change whose answer
  /// was lost was made.
  static func changed(_ prefix: String) -> String { "\(prefix)/changed" }
  /// There, under a lease, while the next generation is written; nobody else changes the store meanwhile.
  static func mark(_ prefix: String) -> String { "\(prefix)/mark" }
  /// There, under a lease, while somebody gets tokens for a connection.
  static func turn(_ prefix: String, _ id: String) -> String { "\(prefix)/turns/\(id)" }
  /// Before all generations.
  static func generations(_ prefix: String) -> String { "\(prefix)/data/" }

  /// What all keys of the generation begin with.
  var front: String { "\(Self.generations(prefix))\(generation)/" }

  func text(of key: EtcdKey) -> String { "\(front(of: key.space))\(key.name)" }
  func front(of space: EtcdKey.Space) -> String { "\(front)\(space.rawValue)/" }

  /// The end of the range of all keys that begin with a text that ends with a slash.
  static func end(of front: String) -> String { "\(front.dropLast())0" }

  /// The range of what a space has, from a name's beginning on.
  func range(
    _ space: EtcdKey.Space, beginning: String = "", after last: String? = nil
  ) -> (start: String, end: String) {
    let front = front(of: space) + beginning
    // The first text behind another is that with a zero added.
    return (last.map { "\($0)\0" } ?? front, Self.end(of: front))
  }

  /// The key that a text is; nil of another generation's, or of none.
  func key(_ text: String, in space: EtcdKey.Space) -> EtcdKey? {
    let front = front(of: space)
    return text.hasPrefix(front) ? EtcdKey(space, String(text.dropFirst(front.count))) : nil
  }
}
