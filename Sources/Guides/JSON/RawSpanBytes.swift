extension RawSpan {
  /// One byte. The load checks its bounds, and every pattern of eight bits is a `UInt8`.
  @inline(__always)
  func byte(at offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }
}
