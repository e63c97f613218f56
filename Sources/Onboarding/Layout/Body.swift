internal import TerminalUI

/// The part of a page that scrolls, laid out for one width: its title and its items.
struct Body: Equatable {
  /// All that the lines depend on. The arrays in it share their memory with the page's, so that comparing a guide with
  /// itself costs nothing.
  struct Source: Equatable {
    var title: String
    var items: [Page.Item]
    var found: Found?
    var size: Size
    var glyphs: Glyphs
    var hasTitle: Bool
  }

  let source: Source
  let lines: [Line]
  /// Columns of the widest line of code, or of a table.
  let widest: Int

  init(_ source: Source, in setting: LayoutContext) {
    self.source = source
    let title = setting.lines(source.title, .heading) + (setting.isRoomy ? [.blank] : [])
    lines = (source.hasTitle ? title : []) + setting.lines(source.items)
    widest = lines.filter(\.isWide).map(\.wholeWidth).max() ?? 0
  }
}

/// Keeps the body that was laid out last. A key that changes nothing in it, as every key does that goes into a field,
/// does not pay for a guide of a thousand lines again.
package final class BodyCache {
  private var body: Body?

  package init() {}

  func body(_ source: Body.Source, in setting: LayoutContext) -> Body {
    if let body, body.source == source { return body }
    let body = Body(source, in: setting)
    self.body = body
    return body
  }
}

/// A place in a body that is the same in every window: a passage, and how much of it is passed.
struct Place: Equatable {
  var passage: Int
  /// From 0 to 1.
  var part: Double
}

extension [Line] {
  /// What stands in a row. The title's rows are before all passages.
  func place(ofRow row: Int) -> Place? {
    guard row > 0, let first = dropFirst(row).first(where: { $0.passage != nil }),
      let passage = first.passage, let rows = rows(of: passage)
    else { return nil }
    let passed = Swift.max(0, row - rows.lowerBound)
    return Place(passage: passage, part: Double(passed) / Double(rows.count))
  }

  func row(of place: Place) -> Int {
    guard let rows = rows(of: place.passage) else {
      return firstIndex { ($0.passage ?? -1) >= place.passage } ?? 0
    }
    return rows.lowerBound + Int(Double(rows.count) * place.part)
  }

  private func rows(of passage: Int) -> Range<Int>? {
    guard let first = firstIndex(where: { $0.passage == passage }),
      let last = lastIndex(where: { $0.passage == passage })
    else { return nil }
    return first..<last + 1
  }
}
