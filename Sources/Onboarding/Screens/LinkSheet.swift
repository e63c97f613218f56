internal import TerminalUI

/// One address, whole, for selecting, typing off, or copying.
struct LinkSheet: Sheet {
  let number: Int
  let name: String
  private let url: String
  private let clipboard: Clipboard

  init(number: Int, name: String, url: String, clipboard: Clipboard) {
    self.number = number
    self.name = name
    self.url = url
    self.clipboard = clipboard
  }

  /// What is copied: of a mail address only the address.
  var text: String {
    guard isMail else { return url }
    return String(url.dropFirst("mailto:".count).prefix { $0 != "?" })
  }

  private var isMail: Bool { url.prefix(7).lowercased() == "mailto:" }

  var overlay: Overlay { .link(self) }

  func handle(_ input: Input) -> Request { input.request(onSheetOf: text) }

  func page(header: Page.Header) -> Page {
    let header = header.covered(by: "Link \(number)")
    var page = Page(header: header, title: name.isEmpty ? "Link \(number)" : name)
    let use = isMail ? "Write to it from your mail program." : Self.browser
    let words = [use, clipboard.words(for: text)].compactMap(\.self)
    page.items = [.address(text), .paragraph(words.joined(separator: " "))]
    page.actions = [Page.Action("Back")]
    page.selectedAction = 0
    page.keys = [
      KeyHint(.activate, "back", weight: 9),
      KeyHint("\(number)", "copy again", weight: 6, withoutClipboard: ""),
    ]
    return page
  }

  private static let browser = "Open it in the browser of the computer you sit at."
}
