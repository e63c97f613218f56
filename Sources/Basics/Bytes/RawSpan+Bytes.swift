/// Reading bytes in place: comparing and searching without a copy in a `String` or an array.
extension RawSpan {
  /// The byte at an offset; traps outside the span.
  @inlinable
  package subscript(offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }
}
