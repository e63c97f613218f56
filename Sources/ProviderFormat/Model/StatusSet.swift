package import Basics

/// A set of HTTP statuses as provider files write it: `200`, `2xx`, `500-502`, a list of these, or `not` with one or a
/// list.
package struct StatusSet: Sendable, Equatable {
  private let ranges: [ClosedRange<Int>]
  private let isExcluding: Bool

  /// Nil when something in it is no status from 100 to 599.
  package init?(_ value: Value) {
    if let map = value.map {
      guard map.members.count == 1, let excluded = map["not"],
        let ranges = Self.ranges(excluded)
      else { return nil }
      (self.ranges, isExcluding) = (ranges, true)
    } else {
      guard let ranges = Self.ranges(value) else { return nil }
      (self.ranges, isExcluding) = (ranges, false)
    }
  }

  /// Whether the set has this status in it.
  package func contains(_ status: Int) -> Bool {
    ranges.contains { $0.contains(status) } != isExcluding
  }

  private static func ranges(_ value: Value) -> [ClosedRange<Int>]? {
    let values = value.list ?? [value]
    let ranges = values.compactMap(range)
    return ranges.count == values.count && !ranges.isEmpty ? ranges : nil
  }

  private static func range(_ value: Value) -> ClosedRange<Int>? {
    if let status = value.wholeNumber {
      return (100...599).contains(status) ? status...status : nil
    }
    guard let text = value.text?.lowercased() else { return nil }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    if ends.count == 2, let first = ends[0], let last = ends[1], first <= last, first >= 100 {
      return last <= 599 ? first...last : nil
    }
    guard text.utf8.count == 3, text.hasSuffix("xx"),
      let hundreds = Int(text.prefix(1)), (1...5).contains(hundreds)
    else { return nil }
    return hundreds * 100...hundreds * 100 + 99
  }
}
