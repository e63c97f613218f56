internal import Crypto

extension [UInt8] {
  /// SHA-256 of the bytes.
  var sha256: [UInt8] { Array(SHA256.hash(data: self)) }
}

extension String {
  /// SHA-256 of its UTF-8.
  var sha256: [UInt8] { Array(utf8).sha256 }
}
