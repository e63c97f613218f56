internal import TerminalUI

/// Marks what was searched for while a passage is laid out, text by text.
struct SearchHighlighter {
  private let ranges: [Range<Int>]
  private let here: Range<Int>?
  /// In characters from the beginning of the passage.
  private var position = 0

  init(_ found: Found?, passage: Int?) {
    guard let found, let passage else {
      ranges = []
      here = nil
      return
    }
    ranges = found.ranges[passage] ?? []
    here = found.here.flatMap { $0.passage == passage ? $0.range : nil }
  }

  /// The next text of the passage as runs. `clean` makes it fit to be shown; it is given whole characters.
  mutating func runs(
    _ text: String, _ style: Style, clean: (String) -> String = { $0 }
  ) -> [StyledText] {
    guard !ranges.isEmpty else { return [StyledText(clean(text), style)] }
    let characters = Array(text)
    let whole = position..<position + characters.count
    position = whole.upperBound
    var runs: [StyledText] = []
    var start = whole.lowerBound
    func add(_ range: Range<Int>, _ style: Style) {
      guard !range.isEmpty else { return }
      let piece = characters[
        range.lowerBound - whole.lowerBound..<range.upperBound - whole.lowerBound]
      runs.append(StyledText(clean(String(piece)), style))
    }
    for range in ranges where range.overlaps(whole) {
      let part = range.clamped(to: whole)
      add(start..<part.lowerBound, style)
      add(part, range == here ? .foundHere : .found)
      start = part.upperBound
    }
    add(start..<whole.upperBound, style)
    return runs
  }

  mutating func skip(_ characters: Int) { position += characters }
}
