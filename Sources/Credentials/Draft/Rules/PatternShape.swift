/// What an ECMAScript expression says about length and beginning of what it matches: facts for a sentence that is more
/// use than "does not match". Only matching decides; where this reader is unsure it says nothing.
struct PatternShape: Equatable {
  /// The constant text that every match begins with; empty when there is none.
  var literalPrefix = ""
  /// The fewest characters.
  var least = 0
  /// The most characters; nil when there is no limit, or the expression is not tied to both ends.
  var most: Int?

  init?(_ pattern: String) {
    var reader = PatternShapeReader(Array(pattern.unicodeScalars))
    guard let lengths = reader.readAll() else { return nil }
    literalPrefix = reader.isTiedToStart ? reader.prefix : ""
    least = lengths.least
    most = reader.isTiedToStart && reader.isTiedToEnd ? lengths.most : nil
  }

  /// Whether the expression tells values of one field from those of another.
  var isTelling: Bool {
    literalPrefix.unicodeScalars.count >= 2 || (least == most && least >= 8)
  }
}
