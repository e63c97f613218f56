/// Why bytes are not JSON that is accepted here. Says where, never what stood there: it may have been a secret.
package struct JSONError: Error, Equatable, Sendable {
  /// Which rule is broken.
  package enum Reason: Equatable, Sendable {
    /// Something else than the grammar allows at this place.
    case unexpected
    /// The text ends inside a value.
    case unfinished
    /// Something follows the value.
    case trailing
    /// Bytes that are not UTF-8, a control character in a string, or half of a surrogate pair.
    case badText
    /// A number that JSON does not allow or that no double can hold.
    case badNumber
    /// The same key twice in one object: readers differ in which one they take.
    case duplicateKey
    /// More nested than `JSONLimits.depth`.
    case tooDeep
    /// Longer than `JSONLimits.bytes`.
    case tooLong
  }

  package let reason: Reason
  /// In bytes from the start.
  package let offset: Int

  package init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

/// How much JSON is read at most.
package struct JSONLimits: Sendable {
  /// Of the whole text.
  package var bytes: Int
  /// Levels of nesting.
  package var depth: Int

  /// 4 MiB and 64 levels: four times the largest answer of a check, and far below what could exhaust the stack.
  package static let standard = JSONLimits(bytes: 4 * 1024 * 1024, depth: 64)

  package init(bytes: Int, depth: Int) {
    self.bytes = bytes
    self.depth = depth
  }
}
