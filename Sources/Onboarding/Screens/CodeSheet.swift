internal import TerminalUI

/// One block of code, from the left edge and with nothing around it: for selecting, or copying whole.
struct CodeSheet: Sheet {
  let number: Int
  let language: String
  let text: String
  let clipboard: Clipboard

  var overlay: Overlay { .code(self) }

  func handle(_ input: Input) -> Request { input.request(onSheetOf: text) }

  func page(header: Page.Header) -> Page {
    let header = header.covered(by: "Code \(number)")
    let lines = CodeText(text).lines.count
    let name = language.isEmpty ? "Code" : language
    var page = Page(header: header, title: "\(name), \(Sentences.count(lines, "line"))")
    page.items = [.verbatim(text)]
    // Beside the action, so that it stays in view however long the code is.
    page.notice = clipboard.words(for: CodeText.copyable(text)).map { Notice(.note, $0) }
    page.actions = [Page.Action("Back")]
    page.selectedAction = 0
    page.keys = [
      KeyHint(.activate, "back", weight: 9),
      KeyHint("\(number)", "copy again", weight: 6, withoutClipboard: ""),
    ]
    return page
  }
}
