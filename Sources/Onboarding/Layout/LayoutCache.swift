internal import TerminalUI

/// Keeps what was laid out last. A key that goes into a field does not pay for a guide of a thousand lines again, nor for the
/// words around the field.
package final class LayoutCache {
  private var body = Memo<Body.Source, Body>()
  private var references = Memo<ReferenceSource, References>()
  let paragraphs = Paragraphs()

  /// Empty: the first page lays everything out.
  package init() {}

  /// `Page.references`, for the same ones as the last time without looking for any.
  func references(of page: Page) -> References {
    let source = ReferenceSource(page)
    return references.value(for: source) { source.references }
  }

  func body(_ source: Body.Source, in setting: LayoutContext) -> Body {
    body.value(for: source) { Body(source, in: setting.unkept) }
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

  /// What the words of a field are made from.
  private struct Words: Equatable {
    let text: String
    let references: References
  }

  private var words = Memo<BarSource<Words>, [Line]>()
  private var commitment = Memo<BarSource<Page.Commitment>, [Line]>()
  private var kept: [(source: Source, lines: [Line])] = []
  private var used: [(source: Source, lines: [Line])] = []

  /// What the page before the last one had, and the last one did not, goes.
  func beginPage() {
    kept = used
    used.removeAll(keepingCapacity: true)
  }

  /// The words of the field that has the focus: no other field says any.
  func words(_ text: String, in setting: LayoutContext, or make: () -> [Line]) -> [Line] {
    let words = Words(text: text, references: setting.references)
    return self.words.value(for: BarSource(words, in: setting), or: make)
  }

  func commitment(
    _ commitment: Page.Commitment, in setting: LayoutContext, or make: () -> [Line]
  ) -> [Line] {
    self.commitment.value(for: BarSource(commitment, in: setting), or: make)
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
