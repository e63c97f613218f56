internal import Basics

extension RawSpan {
  /// Between a word character (letter, digit, underscore of ASCII) and anything else.
  func isWordBoundary(_ offset: Int) -> Bool {
    let before = offset > 0 && PatternClass.word.contains(UInt32(self[offset - 1]))
    let after = offset < byteCount && PatternClass.word.contains(UInt32(self[offset]))
    return before != after
  }
}
