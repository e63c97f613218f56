/// The rows of a page's body: the lines that were laid out once, which may be thousands and are not copied, and the few that
/// this page's fields and actions put among them.
struct BodyRows: RandomAccessCollection {
  private var parts: [ArraySlice<Line>]
  private(set) var count: Int

  /// - Parameters:
  ///   - inserted: further lines, in front of one of the others.
  init(_ lines: [Line], inserting inserted: [Line] = [], at row: Int = 0) {
    parts = [lines[..<row], inserted[...], lines[row...]]
    count = lines.count + inserted.count
  }

  mutating func append(_ lines: [Line]) {
    parts.append(lines[...])
    count += lines.count
  }

  var startIndex: Int { 0 }

  var endIndex: Int { count }

  subscript(row: Int) -> Line {
    var rest = row
    for part in parts {
      if rest < part.count { return part[part.startIndex + rest] }
      rest -= part.count
    }
    preconditionFailure("the body has no row \(row)")
  }

  /// The number of the passage behind the last one.
  var nextPassage: Int { (last(where: { $0.passage != nil })?.passage ?? 0) + 1 }

  /// What stands in a row. The title's rows are before all passages.
  func place(ofRow row: Int) -> Place? {
    guard row > 0, let first = dropFirst(row).first(where: { $0.passage != nil }),
      let passage = first.passage, let rows = rows(of: passage)
    else { return nil }
    let passed = Swift.max(0, row - rows.lowerBound)
    return Place(passage: passage, part: Double(passed) / Double(rows.count))
  }

  func row(of place: Place) -> Int {
    guard let rows = rows(of: place.passage) else {
      return firstIndex { ($0.passage ?? -1) >= place.passage } ?? 0
    }
    return rows.lowerBound + Int(Double(rows.count) * place.part)
  }

  private func rows(of passage: Int) -> Range<Int>? {
    guard let first = firstIndex(where: { $0.passage == passage }),
      let last = lastIndex(where: { $0.passage == passage })
    else { return nil }
    return first..<last + 1
  }
}

/// A place in a body that is the same in every window: a passage, and how much of it is passed.
struct Place: Equatable {
  var passage: Int
  /// From 0 to 1.
  var part: Double
}
