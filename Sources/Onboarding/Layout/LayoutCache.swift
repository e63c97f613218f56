internal import TerminalUI

/// Keeps what was laid out last. A key that goes into a field does not pay for a guide of a thousand lines again, nor for the
/// words around the field.
package final class LayoutCache {
  private var body = Memo<Body.Source, Body>()
  let paragraphs = Paragraphs()

  /// Empty: the first page lays everything out.
  package init() {}

  func body(_ source: Body.Source, in setting: LayoutContext) -> Body {
    // Its lines are kept as a whole.
    var setting = setting
    setting.paragraphs = nil
    return body.value(for: source) { Body(source, in: setting) }
  }
}

/// Paragraphs that were broken into lines, for as long as page after page has them.
final class Paragraphs {
  struct Source: Equatable {
    let runs: [StyledText]
    let width: Int
    let hangingIndent: Int
  }

  /// More of them are not looked through: they are laid out each time.
  private static let most = 32

  private var kept: [(source: Source, lines: [Line])] = []
  private var used: [(source: Source, lines: [Line])] = []

  /// What the page before the last one had, and the last one did not, goes.
  func beginPage() {
    kept = used
    used.removeAll(keepingCapacity: true)
  }

  func lines(_ source: Source, or make: () -> [Line]) -> [Line] {
    if let index = kept.firstIndex(where: { $0.source == source }) {
      let lines = kept[index].lines
      if used.count < Self.most { used.append((source, lines)) }
      return lines
    }
    let lines = make()
    if used.count < Self.most { used.append((source, lines)) }
    return lines
  }
}
