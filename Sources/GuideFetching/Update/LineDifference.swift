/// The lines of two texts that differ, as `diff -u` writes them.
package struct LineDifference {
  /// Lines around a change that are shown with it.
  private static let context = 3

  /// Each line with ` `, `-` or `+` in front, and `@@` between changes that stand apart.
  package private(set) var lines: [String] = []

  /// Compares line by line. Meant for pages of up to a few thousand lines.
  package init(from old: String, to new: String) {
    let before = old.split(separator: "\n", omittingEmptySubsequences: false)
    let after = new.split(separator: "\n", omittingEmptySubsequences: false)
    var (gone, come): (Set<Int>, Set<Int>) = ([], [])
    for change in after.difference(from: before) {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): come.insert(offset)
      }
    }
    var all: [(mark: String, text: Substring)] = []
    var (left, right) = (0, 0)
    while left < before.count || right < after.count {
      if left < before.count, gone.contains(left) {
        all.append(("-", before[left]))
        left += 1
      } else if right < after.count, come.contains(right) {
        all.append(("+", after[right]))
        right += 1
      } else {
        all.append((" ", before[left]))
        (left, right) = (left + 1, right + 1)
      }
    }
    collectChanges(of: all)
  }

  private mutating func collectChanges(of all: [(mark: String, text: Substring)]) {
    let changes = all.indices.filter { all[$0].mark != " " }
    var shown = -1
    for change in changes {
      let first = max(shown + 1, change - Self.context)
      if first > shown + 1 { lines.append("@@") }
      let last = min(all.count - 1, change + Self.context)
      guard last > shown else { continue }
      lines += all[max(first, shown + 1)...last].map { $0.mark + $0.text }
      shown = last
    }
  }
}
