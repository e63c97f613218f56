internal import Secrets

/// Limits of JSON with secrets in it.
enum SecretJSON {
  /// In bytes. A submission has at most a few key files of 1 MiB; 16 MiB leaves room for every one of their bytes to be
  /// escaped.
  static let limit = 16 * SecretBuffer.fileCapacity
  /// Levels of nesting. The deepest provider entries have about ten.
  static let depth = 64
  /// The longest key that is looked at, in bytes.
  static let keyLength = 256
}

/// Why bytes are not the JSON that is expected. Says where, never what stood there.
struct SecretJSONError: Error, Equatable {
  enum Reason: Equatable {
    case unexpected, unfinished, badText, badNumber, tooDeep, tooLong, longKey
    case duplicateKey
    case notAnObject, notAString, notANumber
  }

  var reason: Reason
  /// In bytes from the start.
  var offset: Int

  /// The end of a sentence: `a string is not closed`.
  var message: String {
    let what =
      switch reason {
      case .unexpected: "something that JSON does not allow stands there"
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
