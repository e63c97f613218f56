/// Reads the text of a template byte by byte and knows at any time what a value would stand in.
///
/// It is made with the masked text, and may look ahead in it. What it cannot tell for certain it refuses: a value in the
/// wrong quotes is text that somebody runs.
protocol PlaceReader {
  /// Reads the byte at an offset. Marks are left out; otherwise each is read, in order.
  mutating func read(at offset: Int) -> PlaceProblem?
  /// What a value stands in whose braces are there.
  mutating func place(of range: Range<Int>) -> ValuePlace
  /// Whether what comes next is a comment, which is copied as it is.
  var isInComment: Bool { get }
  /// What is wrong at the end of the text.
  func end() -> PlaceProblem?
}

extension PlaceReader {
  func end() -> PlaceProblem? { nil }
}

/// How a value is written in a place.
enum ValuePlace {
  /// - `quote`: what is put in front of it and behind it, because the author has put nothing.
  case filled(ValueEncoding, quote: String = "")
  /// It is none: comments are copied as they are.
  case comment
  /// The end of a sentence that begins with the value's name.
  case refused(String, advice: String?)

  /// Where an escape has begun whose rest would be the value's first character.
  static let behindBackslash = ValuePlace.refused(
    "stands right behind a backslash", advice: "write two backslashes, or none")
}

/// What a reader finds wrong with the text itself.
enum PlaceProblem {
  /// Nothing is known of what follows.
  case here(String, advice: String?)
  /// The end of a sentence that begins with the name of the value before.
  case lastValue(String, advice: String?)

  /// Text touches a value that is a whole by itself.
  static let touched = PlaceProblem.lastValue(
    ValuePlace.touching.what, advice: ValuePlace.touching.advice)
}

extension ValuePlace {
  fileprivate static let touching = (
    what: "touches other text, with which it is no value of this format",
    advice: "put the whole text in double quotes"
  )

  /// The same where the text stands in front.
  static let touches = ValuePlace.refused(touching.what, advice: touching.advice)
}
