/// A value as YAML 1.2 (core schema) or JSON writes it, with the order of its members and, where it came from a file,
/// the line it stands on. The neutral form in which provider entries are read, merged, sent to the check and stored.
package enum Value: Sendable, Equatable {
  case null
  case bool(Bool)
  /// A whole number that fits 64 bits.
  case int(Int)
  /// Any other number. YAML has infinite ones and NaN as well, which JSON is written without: as null.
  case double(Double)
  /// Valid Unicode, line ends as they were written.
  case string(String)
  case list([Value])
  case map(Map)

  /// Members in written order. Keys are unique; the reader reports a second one.
  package struct Map: Sendable, Equatable {
    /// In written order.
    package var members: [Member]

    /// Whoever makes a map sees to it that no key stands in it twice.
    package init(_ members: [Member] = []) { self.members = members }

    /// The value of a key; setting it to nil removes the member, and a new key goes to the end.
    package subscript(key: String) -> Value? {
      get { members.first { $0.key == key }?.value }
      set {
        let index = members.firstIndex { $0.key == key }
        switch (index, newValue) {
        case (let index?, let value?): members[index].value = value
        case (let index?, nil): members.remove(at: index)
        case (nil, let value?): members.append(Member(key: key, value: value))
        case (nil, nil): break
        }
      }
    }
  }

  /// A key of a map with its value.
  package struct Member: Sendable, Equatable {
    /// The name of the member.
    package var key: String
    /// What stands behind the name.
    package var value: Value
    /// One-based line of the key, for findings; 0 when it did not come from a file. Not part of equality.
    package var line: Int

    package init(key: String, value: Value, line: Int = 0) {
      self.key = key
      self.value = value
      self.line = line
    }

    /// Without the line: the same member may stand elsewhere in another file.
    package static func == (a: Member, b: Member) -> Bool { a.key == b.key && a.value == b.value }
  }
}

extension Value {
  /// The text of a string, and of a number or truth value as ECMAScript writes it (1.0 is `1`); nil for lists, maps
  /// and null.
  package var text: String? {
    switch self {
    case .string(let string): string
    case .int(let int): String(int)
    case .double(let double): Int(exactly: double).map(String.init) ?? String(double)
    case .bool(let bool): bool ? "true" : "false"
    case .null, .list, .map: nil
    }
  }

  /// What is in a map; nil of anything else.
  package var map: Map? { if case .map(let map) = self { map } else { nil } }
  /// What is in a list; nil of anything else.
  package var list: [Value]? { if case .list(let list) = self { list } else { nil } }
  /// A truth value; nil of anything else.
  package var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }

  /// The value of a key in a map; nil when this is no map or has no such key.
  package subscript(key: String) -> Value? { map?[key] }
}
