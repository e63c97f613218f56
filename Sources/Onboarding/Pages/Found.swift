internal import GuideText

/// What of a page's guide was searched for and found.
package struct Found: Equatable, Sendable {
  /// In ascending order, by the number of the passage.
  package var ranges: [Int: [Range<Int>]]
  /// Where the search stands; nil when that is on another page.
  package var here: Excerpt?
}

/// A part of a passage, in characters.
package struct Excerpt: Hashable, Sendable {
  /// The number of the `TextSpan`, from 0 on through all guide items of the page.
  package var passage: Int
  /// Characters of the passage as they are shown, as `TextSpan.shown` counts them.
  package var range: Range<Int>
}

extension TextSpan {
  /// Its characters as the layout counts them, run by run: a mark at the beginning of a run makes no character with
  /// the end of the run before it.
  var shown: [Character] {
    if case .code(_, let text) = content {
      return Array(CodeText(text).lines.map(Array.init).joined(separator: ["\n"]))
    }
    var characters: [Character] = []
    inlines.forEachRun { characters += $0.shown }
    return characters
  }
}
