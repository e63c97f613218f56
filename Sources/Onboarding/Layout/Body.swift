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

  let lines: [Line]
  /// Columns of the widest line of code, or of a table.
  let widest: Int
  /// The rows from the first to the last that is selected; nil where none is.
  let selected: Range<Int>?

  init(_ source: Source, in setting: LayoutContext) {
    let title = setting.lines(source.title, .heading) + (setting.isRoomy ? [.blank] : [])
    let lines = (source.hasTitle ? title : []) + setting.lines(source.items)
    self.lines = lines
    widest = lines.filter(\.isWide).map(\.wholeWidth).max() ?? 0
    if let first = lines.firstIndex(where: \.isSelected),
      let last = lines.lastIndex(where: \.isSelected)
    {
      selected = first..<last + 1
    } else {
      selected = nil
    }
  }
}
