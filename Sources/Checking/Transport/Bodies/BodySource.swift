internal import Glibc
internal import Requests

/// The body of a request that is read from a descriptor while it is sent. The descriptor may be shared with other
/// programs: nothing about it is changed, and it stays open.
final class BodySource: Sendable {
  /// In bytes; nil for one that ends where the descriptor does.
  let length: Int64?
  private let descriptor: Int32
  /// Where the body begins in a file, which is read by position as often as is wanted; nil where what was read is gone.
  private let start: off_t?
  /// The only reading of what can be read once.
  private let only: BodyReader

  /// - Parameter isRepeatable: whether the descriptor is a file, in which the body begins where the descriptor stands.
  init(_ descriptor: Int32, length: Int64?, isRepeatable: Bool) {
    self.descriptor = descriptor
    self.length = length
    let place = isRepeatable ? lseek(descriptor, 0, Int32(SEEK_CUR)) : -1
    start = place < 0 ? nil : place
    only = BodyReader(descriptor, from: nil, length: length)
  }

  /// A reading from the beginning.
  /// - Throws: where another one has taken what cannot be read twice.
  func begin() throws(TransportFailure) -> BodyReader {
    if let start { return BodyReader(descriptor, from: start, length: length) }
    guard !only.hasBegun else {
      throw TransportFailure(
        .internalFailure,
        "the body was sent once already, and what comes from a pipe cannot be read again")
    }
    return only
  }
}
