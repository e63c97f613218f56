extension Value.Map {
  /// Members in the order given.
  package init(members: [(String, Value)]) {
    self.init(members.map { Value.Member(key: $0.0, value: $0.1) })
  }
}

extension Value {
  /// A map in the order given.
  package static func map(_ members: [(String, Value)]) -> Value {
    .map(Map(members: members))
  }

  /// The text, or null where there is none, so that scripts can rely on the key.
  package static func optional(_ text: String?) -> Value { text.map(Value.string) ?? .null }
}
