/// What became of an edit.
package enum EditResult: Equatable, Sendable {
  /// The value is another one now.
  case done
  /// Nothing was changed: the value would be longer than `limit` bytes. A value is never cut.
  case full(limit: Int)
  /// Nothing was changed: the text holds more than the one value, or another field's. `Draft.found` says what, and
  /// `Draft.apply` puts in what was chosen.
  case several
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
