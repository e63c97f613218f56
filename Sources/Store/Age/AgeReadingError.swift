internal import Basics

/// Why an age file cannot be read on.
enum AgeReadingError: Error {
  case age(AgeError)
  /// It opens with a passphrase, and with no key.
  case wantsPassphrase
  /// Where it comes from.
  case source(SystemError)

  static func explained<Result: ~Copyable>(
    _ body: () throws(AgeError) -> Result
  ) throws(AgeReadingError) -> Result {
    do throws(AgeError) {
      return try body()
    } catch {
      throw .age(error)
    }
  }
}
