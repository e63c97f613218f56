extension String {
  /// A scalar so many times.
  ///
  /// The library's own adds one text to another each time, which for the rule across a page took as much as all that is said on it.
  package init(_ scalar: Unicode.Scalar, times count: Int) {
    let bytes = Array(scalar.utf8)
    let length = bytes.count * Swift.max(0, count)
    unsafe self.init(unsafeUninitializedCapacity: length) { buffer in
      for offset in 0..<length { unsafe buffer[offset] = bytes[offset % bytes.count] }
      return length
    }
  }
}
