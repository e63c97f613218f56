extension Substring {
  /// What is before the first blank, and what is behind it; nil where there is no blank.
  var cutAtBlank: (word: Substring, rest: Substring?) {
    guard let blank = utf8.firstIndex(of: UInt8(ascii: " ")) else { return (self, nil) }
    return (self[..<blank], self[utf8.index(after: blank)...])
  }
}
