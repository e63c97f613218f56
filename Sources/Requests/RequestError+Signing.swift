internal import Signing

extension RequestError {
  /// Reads a key for a request, which cannot be built when the key does not fit.
  static func ofKey<Key: ~Copyable>(
    _ read: () throws(KeyFault) -> Key
  ) throws(RequestError) -> Key {
    try ofSigning { () throws(SigningError) in try SigningError.ofKey(read) }
  }

  /// Signs for a request, which cannot be built without the signature.
  static func ofSigning<Result: ~Copyable>(
    _ sign: () throws(SigningError) -> Result
  ) throws(RequestError) -> Result {
    do throws(SigningError) {
      return try sign()
    } catch {
      switch error {
      case .badKey(let fault): throw .badKey(fault)
      case .unwritable:
        throw .badArgument(
          function: "the SAML assertion", why: "a field holds a character that XML does not allow")
      case .tooLong: throw .tooLong
      case .badAddress(let fault): throw .badAddress(fault)
      }
    }
  }
}
