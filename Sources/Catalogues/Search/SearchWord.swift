internal import Basics

/// One word of what somebody typed, folded.
struct SearchWord {
  let bytes: [UInt8]
  let distance: EditDistance
  /// How many mistakes are forgiven. In shorter words nearly everything would be one.
  let mistakes: Int
  private let letters: LetterMask
  /// How often each letter occurs, by its place in `LetterMask`.
  private let counts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    distance = EditDistance(bytes)
    mistakes =
      switch bytes.count {
      case ..<4: 0
      case ..<8: 1
      default: 2
      }
    letters = LetterMask(of: bytes)
    var counts = [Int](repeating: 0, count: UInt64.bitWidth)
    for byte in bytes {
      if let place = LetterMask.place(of: byte) { counts[place] += 1 }
    }
    self.counts = counts
  }

  /// At least so many mistakes lie between the word and any text that has only these letters.
  func mistakes(lacking others: LetterMask) -> Int {
    var missing = letters.subtracting(others).rawValue
    var count = 0
    while missing != 0 {
      count += counts[missing.trailingZeroBitCount]
      missing &= missing - 1
    }
    return count
  }
}
