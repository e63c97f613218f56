import Basics

/// The members of an object in a file of a flow. Each is taken out once, and what is left at the end is a mistake: a
/// misspelled expectation would otherwise expect nothing.
struct FlowMembers {
  private let place: String
  private var rest: Value.Map

  init(_ value: Value, of place: String) throws(FlowProblem) {
    guard let map = value.map else { throw FlowProblem(description: "\(place) is no object") }
    self.place = place
    rest = map
  }

  /// Fails when there is a member that nobody took.
  func end() throws(FlowProblem) {
    guard let member = rest.members.first else { return }
    throw FlowProblem(description: "line \(member.line): \(place) has no \"\(member.key)\"")
  }

  private mutating func take(_ name: String) -> Value? {
    let value = rest[name]
    rest[name] = nil
    return value
  }

  private func wrong(_ name: String, _ what: String) -> FlowProblem {
    FlowProblem(description: "\(name) of \(place) is no \(what)")
  }

  /// Empty when there is none.
  mutating func map(_ name: String) throws(FlowProblem) -> Value.Map {
    guard let value = take(name) else { return Value.Map() }
    guard let map = value.map else { throw wrong(name, "object") }
    return map
  }

  mutating func members(_ name: String) throws(FlowProblem) -> FlowMembers {
    try FlowMembers(take(name) ?? .null, of: name)
  }

  /// Empty when there is none.
  mutating func list(_ name: String) throws(FlowProblem) -> [Value] {
    guard let value = take(name) else { return [] }
    guard let list = value.list else { throw wrong(name, "list") }
    return list
  }

  mutating func text(_ name: String) throws(FlowProblem) -> String? {
    guard let value = take(name) else { return nil }
    guard let text = value.text else { throw wrong(name, "text") }
    return text
  }

  /// Several texts, or one.
  mutating func texts(_ name: String) throws(FlowProblem) -> [String]? {
    guard let value = take(name) else { return nil }
    let texts = (value.list ?? [value]).map(\.text)
    guard !texts.contains(nil) else { throw wrong(name, "list of texts") }
    return texts.compactMap { $0 }
  }

  /// One of the words that `Word` has.
  mutating func word<Word: RawRepresentable<String>>(_ name: String) throws(FlowProblem) -> Word? {
    guard let text = try text(name) else { return nil }
    guard let word = Word(rawValue: text) else { throw wrong(name, "word like \"\(text)\"") }
    return word
  }
}
