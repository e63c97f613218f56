internal import TerminalUI

/// The last page of a session as lines that stay on the terminal when the wizard has gone: what was stored, as whom, and
/// how it is used.
struct ClosingText {
  private let page: Page
  private let setting: LayoutContext

  init(_ page: Page, glyphs: Glyphs, columns: Int) {
    self.page = page
    let width = min(max(PageLayout.minimum.columns, columns), PageLayout.textWidth)
    setting = LayoutContext(
      windowWidth: width, width: width, glyphs: glyphs, references: page.references, isRoomy: false)
  }

  var lines: [String] {
    let title = setting.lines(page.title)
    return (title + setting.lines(page.items)).map { line in
      var text = line.runs.map(\.text).joined()
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}
