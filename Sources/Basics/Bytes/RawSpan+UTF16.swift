extension RawSpan {
  /// Goes through a text in UTF-16 (RFC 2781), character by character. Half of a surrogate pair is nil, and what stands
  /// behind it is read for itself; a last byte without a second one is left out.
  ///
  /// - Parameters:
  ///   - start: where the text begins, behind a byte order mark.
  ///   - isBigEndian: whether the first byte of a unit is its higher one.
  ///   - visit: told of each character; false ends the walk.
  package func forEachUTF16Scalar(
    from start: Int, isBigEndian: Bool, _ visit: (Unicode.Scalar?) -> Bool
  ) {
    func unit(_ offset: Int) -> UInt32 {
      let (first, second) = (UInt32(self[offset]), UInt32(self[offset + 1]))
      return isBigEndian ? first << 8 | second : second << 8 | first
    }
    var offset = start
    while offset + 1 < byteCount {
      var value = unit(offset)
      offset += 2
      if (0xD800...0xDBFF).contains(value), offset + 1 < byteCount,
        case let low = unit(offset), (0xDC00...0xDFFF).contains(low)
      {
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        offset += 2
      }
      guard visit(Unicode.Scalar(value)) else { return }
    }
  }
}
