/// A list written in HTML.
struct HTMLList {
  /// Nil in a list with bullets.
  var nextNumber: Int?
  /// How many items were open where it began.
  let outerItems: Int
}

/// Lists from `<ul>` and `<ol>` to their ends.
extension MDXNormalizer {
  /// The largest number that CommonMark takes for an item's.
  private static let numberLimit = 999_999_999

  /// Begins or ends a list or an item. False when the tag does neither.
  mutating func list(_ tag: MDXTag, _ output: inout PrepassOutput) -> Bool {
    switch (tag.name, tag.kind) {
    case ("ul", .open): htmlLists.append(HTMLList(nextNumber: nil, outerItems: items.count))
    case ("ol", .open):
      let start = tag.attribute("start").flatMap { Int($0) } ?? 1
      let number = min(max(start, 0), Self.numberLimit)
      htmlLists.append(HTMLList(nextNumber: number, outerItems: items.count))
    case ("ul", .close), ("ol", .close):
      guard let list = htmlLists.popLast() else { return false }
      closeItem(of: list, &output)
    case ("li", .open):
      guard var list = htmlLists.popLast() else { return false }
      closeItem(of: list, &output)
      let marker = list.nextNumber.map(ListItem.Marker.number) ?? .bullet
      list.nextNumber = list.nextNumber.map { min($0 + 1, Self.numberLimit) }
      begin(marker, written: 2 * htmlLists.count, closesLeftOf: .min / 2, &output)
      htmlLists.append(list)
      let anchor = InlineTags.replacement(tag, &output)
      if !anchor.isEmpty { write(anchor, &output) }
    case ("li", .close):
      guard let list = htmlLists.last else { return false }
      closeItem(of: list, &output)
    default: return false
    }
    return true
  }

  private mutating func closeItem(of list: HTMLList, _ output: inout PrepassOutput) {
    flushMark(&output)
    items.removeLast(max(0, items.count - list.outerItems))
    last = .structure
  }
}
