package import Basics

/// Why something cannot be signed. Names no value.
package enum SigningError: Error, Equatable, Sendable {
  /// The key that has to sign cannot.
  case badKey(KeyFault)
  /// A field of a SAML assertion holds a character that XML does not allow.
  case unwritable
  /// Longer than a secret may be.
  case tooLong
  /// What is signed goes to an address that is none.
  case badAddress(AddressFault)

  /// Where a request goes, part by part, as a signature of it repeats it.
  package static func parts(of address: RawSpan) throws(SigningError) -> AddressComponents {
    do throws(AddressFault) {
      return try AddressComponents(of: address)
    } catch {
      throw .badAddress(error)
    }
  }

  /// Reads a key for a signature, which cannot be made when the key does not fit.
  package static func ofKey<Key: ~Copyable>(
    _ read: () throws(KeyFault) -> Key
  ) throws(SigningError) -> Key {
    do throws(KeyFault) {
      return try read()
    } catch {
      throw .badKey(error)
    }
  }
}
