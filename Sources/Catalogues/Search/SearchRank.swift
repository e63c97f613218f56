/// How well a provider fits what somebody typed, the best first.
enum SearchRank: UInt8, Comparable {
  /// The whole name or slug.
  case exact
  /// A name or slug that begins with it.
  case prefix
  /// Words of a name, from the beginning of one on.
  case phrase
  /// Beginnings of words in any order.
  case words
  /// `gcp` for Google Cloud Platform.
  case initials
  case substring
  /// A category, or a category and words of the name.
  case category
  /// One mistake in a whole word, in the beginning of one; two.
  case mistake, mistakeInBeginning, twoMistakes, twoMistakesInBeginning

  static func < (a: SearchRank, b: SearchRank) -> Bool { a.rawValue < b.rawValue }

  /// Whether the person is on the way to it: the next letters are likely to narrow it down.
  var isOnTheWay: Bool { self <= .initials }

  init(mistakes: Int, isWhole: Bool) {
    switch (mistakes, isWhole) {
    case (...1, true): self = .mistake
    case (...1, false): self = .mistakeInBeginning
    case (_, true): self = .twoMistakes
    case (_, false): self = .twoMistakesInBeginning
    }
  }
}
