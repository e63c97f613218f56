/// How many typing mistakes lie between a word and others: a wrong, missing or additional letter, or two letters
/// swapped.
///
/// Hyyrö's bit-parallel form of the optimal string alignment distance: a column of the usual table is one machine word,
/// so a letter costs a handful of operations.
package struct EditDistance {
  /// Longer words are cut off, in bytes.
  package static let lengthLimit = 64

  @usableFromInline let length: Int
  /// For each byte, where it stands in the word.
  @usableFromInline let places: [UInt64]

  /// Of a word that others are compared with.
  package init(_ word: some Collection<UInt8>) {
    var places = [UInt64](repeating: 0, count: 256)
    var length = 0
    for byte in word.prefix(EditDistance.lengthLimit) {
      places[Int(byte)] |= 1 << UInt64(length)
      length += 1
    }
    self.places = places
    self.length = length
  }

  /// The column of the table behind the letters given so far.
  package struct Column {
    @usableFromInline var vertical: (positive: UInt64, negative: UInt64) = (.max, 0)
    @usableFromInline var diagonal: UInt64 = 0
    @usableFromInline var previous: UInt64 = 0
    /// Mistakes between the whole word and the letters given so far.
    package var distance: Int
  }

  /// Before the first letter.
  package func start() -> Column { Column(distance: length) }

  /// Goes on by one letter.
  @inlinable
  package func advance(_ column: inout Column, by byte: UInt8) {
    guard length > 0 else {
      column.distance += 1
      return
    }
    let matches = places[Int(byte)]
    let (positive, negative) = column.vertical
    let swapped = ((~column.diagonal & matches) << 1) & column.previous
    column.diagonal =
      (((matches & positive) &+ positive) ^ positive) | matches | negative | swapped
    var rightward = negative | ~(column.diagonal | positive)
    let leftward = column.diagonal & positive
    let last: UInt64 = 1 << UInt64(length - 1)
    if rightward & last != 0 { column.distance += 1 }
    if leftward & last != 0 { column.distance -= 1 }
    rightward = rightward << 1 | 1
    column.vertical = (leftward << 1 | ~(column.diagonal | rightward), rightward & column.diagonal)
    column.previous = matches
  }

  /// Nil when there are more than `limit`. Texts are compared by their bytes, up to `lengthLimit`.
  package static func between(_ a: String, _ b: String, atMost limit: Int) -> Int? {
    let distance = EditDistance(a.utf8)
    var column = distance.start()
    for byte in b.utf8.prefix(lengthLimit) { distance.advance(&column, by: byte) }
    return column.distance <= limit ? column.distance : nil
  }
}
