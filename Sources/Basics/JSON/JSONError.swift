/// Why bytes are not the JSON that is expected. Says where, never what stood there: it may have been a secret.
@usableFromInline
package struct JSONError: Error, Equatable, Sendable {
  /// Which rule is broken.
  @usableFromInline
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
    /// A key that is longer than `JSONLimits.keyLength`.
    case longKey
    /// A value of another kind than whoever reads wants at this place.
    case notAnObject, notAString, notANumber
  }

  /// What is wrong.
  package let reason: Reason
  /// In bytes from the start.
  package let offset: Int

  /// What is wrong, and where.
  @usableFromInline
  package init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// The end of a sentence: `the text ends too early (byte 7)`.
  package var message: String {
    let what =
      switch reason {
      case .unexpected, .trailing: "something that JSON does not allow stands there"
      case .unfinished: "the text ends too early"
      case .badText: "a string holds bytes that are no text"
      case .badNumber: "a number is not written as JSON wants it"
      case .tooDeep: "it is nested too deeply"
      case .tooLong: "it is too long"
      case .longKey: "a name is too long"
      case .duplicateKey: "the same name stands there a second time"
      case .notAnObject: "an object in braces is expected there"
      case .notAString: "a text in quotes is expected there"
      case .notANumber: "a whole number is expected there"
      }
    return "\(what) (byte \(offset))"
  }
}
