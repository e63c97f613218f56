package import Basics

extension JSONReader {
  /// Reads a string into a buffer of exactly its size.
  package mutating func string(_ text: RawSpan) throws(JSONError) -> SecretBuffer {
    // Two passes: the first finds the size, so that nothing has to grow.
    var measuring = self
    var size = 0
    try measuring.string(text) { _ in size += 1 }
    var value = SecretBuffer(capacity: max(1, size))
    try string(text) { value.append($0) }
    return value
  }
}
