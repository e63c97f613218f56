/// What became of an edit.
package enum EditResult: Equatable, Sendable {
  case done
  /// Nothing was changed: the value would be longer than `limit` bytes. A value is never cut.
  case full(limit: Int)
  /// The field takes no such thing: a control character, or typing in a list of choices.
  case ignored
}

/// What to take out, seen from the caret.
package enum Erasure: Sendable, CaseIterable {
  case backward, forward, wordBackward, toStart, toEnd, all
}

/// Where to move the caret.
package enum CaretMove: Sendable, CaseIterable {
  case left, right, start, end
}
