internal import BasicContainers
internal import Basics

/// Secrets by key, in the order in which the keys came. Every value is held as a secret, whether it is one or not.
///
/// Cannot be copied: each map has one owner, and its values are wiped with it. `duplicate()` is the only way to a second
/// copy. Most maps are small (the fields of a form, the headers of a request): their keys are compared one after the other.
package struct SecretMap<Key: Hashable & Sendable>: ~Copyable, Sendable {
  /// The keys that have a value, in the order in which they came.
  package private(set) var keys: [Key] = []
  /// Where each key stands, in a map of more than `scanLimit`; empty in all others.
  private var places: [Key: Int] = [:]
  /// As many as there are keys, in their order.
  private var values = UniqueArray<SecretBuffer>()

  /// Makes a map without values.
  package init() {}

  /// Whether no key has a value.
  package var isEmpty: Bool { keys.isEmpty }

  /// Whether the key has a value, be it an empty one.
  package borrowing func contains(_ key: Key) -> Bool { place(of: key) != nil }

  /// Puts a value in, in place of the one that the key had.
  package mutating func set(_ key: Key, to value: consuming SecretBuffer) {
    if let index = place(of: key) {
      values[index] = value
    } else {
      values.append(value)
      append(key)
    }
  }

  /// Takes a key out and wipes its value.
  package mutating func remove(_ key: Key) {
    guard let index = place(of: key) else { return }
    keys.remove(at: index)
    _ = values.remove(at: index)
    places = keys.count > Self.scanLimit ? table() : [:]
  }

  /// Lends a key's bytes for the length of `body`; one without a value has none.
  package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
    of key: Key, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let index = place(of: key) else { return try body(RawSpan()) }
    return try values[index].withBytes(body)
  }

  /// Lends a key's buffer for editing. Makes an empty one, with room for a line, when the key has none.
  package mutating func edit<Result: ~Copyable>(
    _ key: Key, _ body: (inout SecretBuffer) -> Result
  ) -> Result {
    if let index = place(of: key) { return body(&values[index]) }
    values.append(SecretBuffer())
    append(key)
    return body(&values[keys.count - 1])
  }

  /// A second copy of one value, with an owner of its own; nil when the key has none.
  package borrowing func duplicate(of key: Key) -> SecretBuffer? {
    guard let index = place(of: key) else { return nil }
    return values[index].duplicate()
  }

  /// A second copy of every value, with an owner of its own.
  package borrowing func duplicate() -> SecretMap {
    var copy = SecretMap()
    for index in 0..<keys.count { copy.set(keys[index], to: values[index].duplicate()) }
    return copy
  }

  /// Whether both have the same keys, in any order, and the same bytes for each.
  package borrowing func hasSameValues(as other: borrowing SecretMap) -> Bool {
    guard keys.count == other.keys.count else { return false }
    for key in keys {
      let isSame = withBytes(of: key) { own in other.withBytes(of: key) { own.equals($0) } }
      guard isSame, other.contains(key) else { return false }
    }
    return true
  }

  /// For so few keys a table costs more than it saves.
  private static var scanLimit: Int { 8 }

  private borrowing func place(of key: Key) -> Int? {
    if !places.isEmpty { return places[key] }
    // The library's own search goes through every step of a collection by its witness here, where the key is any type.
    var place = 0
    while place < keys.count {
      if keys[place] == key { return place }
      place += 1
    }
    return nil
  }

  private mutating func append(_ key: Key) {
    keys.append(key)
    if !places.isEmpty {
      places[key] = keys.count - 1
    } else if keys.count > Self.scanLimit {
      places = table()
    }
  }

  private borrowing func table() -> [Key: Int] {
    Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($0.element, $0.offset) })
  }
}
