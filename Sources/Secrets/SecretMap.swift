internal import BasicContainers

/// Secrets by key, in the order in which the keys came. Every value is held as a secret, whether it is one or not.
///
/// Cannot be copied: each map has one owner, and its values are wiped with it. `duplicate()` is the only way to a second
/// copy. Maps are small (the fields of a form, the headers of a request), so keys are compared one after the other.
package struct SecretMap<Key: Equatable & Sendable>: ~Copyable, Sendable {
  /// The keys that have a value, in the order in which they came.
  package private(set) var keys: [Key] = []
  /// As many as there are keys, in their order.
  private var values = UniqueArray<SecretBuffer>()

  /// Makes a map without values.
  package init() {}

  /// Whether no key has a value.
  package var isEmpty: Bool { keys.isEmpty }

  /// Whether the key has a value, be it an empty one.
  package borrowing func contains(_ key: Key) -> Bool { keys.contains(key) }

  /// Puts a value in, in place of the one that the key had.
  package mutating func set(_ key: Key, to value: consuming SecretBuffer) {
    if let index = keys.firstIndex(of: key) {
      values[index] = value
    } else {
      keys.append(key)
      values.append(value)
    }
  }

  /// Takes a key out and wipes its value.
  package mutating func remove(_ key: Key) {
    guard let index = keys.firstIndex(of: key) else { return }
    keys.remove(at: index)
    _ = values.remove(at: index)
  }

  /// Lends a key's bytes for the length of `body`; one without a value has none.
  package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
    of key: Key, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let index = keys.firstIndex(of: key) else { return try body(RawSpan()) }
    return try values[index].withBytes(body)
  }

  /// Lends a key's buffer for editing. Makes an empty one, with room for a line, when the key has none.
  package mutating func edit<Result: ~Copyable>(
    _ key: Key, _ body: (inout SecretBuffer) -> Result
  ) -> Result {
    if let index = keys.firstIndex(of: key) { return body(&values[index]) }
    keys.append(key)
    values.append(SecretBuffer())
    return body(&values[keys.count - 1])
  }

  /// A second copy of one value, with an owner of its own; nil when the key has none.
  package borrowing func duplicate(of key: Key) -> SecretBuffer? {
    guard let index = keys.firstIndex(of: key) else { return nil }
    return values[index].duplicate()
  }

  /// A second copy of every value, with an owner of its own.
  package borrowing func duplicate() -> SecretMap {
    var copy = SecretMap()
    for (index, key) in keys.enumerated() { copy.set(key, to: values[index].duplicate()) }
    return copy
  }
}
