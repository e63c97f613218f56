/// Looks for the ends of code fences, and remembers which have none, so that a file full of open fences is not searched
/// to its end for each of them.
package struct UnclosedFences {
  /// By mark, the length of the shortest fence that nothing behind it closes: a longer one is not closed either.
  private var lengths: [UInt8: Int] = [:]

  /// Knows of no fence yet.
  package init() {}

  /// The index of the line that closes a fence, at or after `start`. Calls must go forward through `lines`.
  package mutating func closing(
    of fence: SourceLine.Fence, in lines: [SourceLine], from start: Int
  ) -> Int? {
    if let known = lengths[fence.mark], fence.length >= known { return nil }
    let closing = lines[start...].firstIndex { fence.isClosed(by: $0) }
    if closing == nil { lengths[fence.mark] = fence.length }
    return closing
  }
}
