/// The keys, and the words of plain mode.
struct HelpSheet: Equatable {
  func handle(_ input: Input) -> Request {
    guard case .command(let command) = input else { return .stay }
    switch command {
    case .activate, .back, .help: return .dismiss
    case .leave, .nextControl, .previousControl, .move, .scroll, .digit, .linkPrompt, .link,
      .reveal, .insist, .takeOffer, .readFile, .review, .suspend, .find:
      return command.commonRequest
    }
  }

  func page(header: Page.Header) -> Page {
    var header = header
    header.position = "Help"
    header.progress = nil
    var page = Page(header: header, title: "Help")
    page.items = [
      .heading("Going on"), .keys(HelpSheet.going),
      .heading("Typing a value"), .keys(HelpSheet.typing),
      .heading("Reading the guide"), .keys(HelpSheet.reading),
    ]
    page.actions = [Page.Action("Back")]
    page.selectedAction = 0
    page.keys = [KeyHint("Enter", "back", weight: 9)]
    return page
  }

  private static let going: [Page.KeyRow] = [
    row("Enter", "", "next field, next screen, or what is marked"),
    row("Esc", ":back", "back; what was typed stays"),
    row("Tab", "", "next field or action; Shift-Tab goes back"),
    row("↑↓ ←→", "", "choose, or scroll where nothing is to choose"),
    row("Ctrl-G", ":review", "from a step to the review"),
    row("Ctrl-C", ":quit", "leave; asks when something was typed"),
    row("Ctrl-Z", "", "put Usher to sleep; fg wakes it"),
    row("?, F1", ":help", "this page"),
    row("", ":again", "print the page once more"),
  ]

  private static let typing: [Page.KeyRow] = [
    row("Ctrl-O", ":anyway", "use a value in spite of what was found"),
    row("Ctrl-Y", ":offer", "take the value that is offered"),
    row("Ctrl-T", ":file", "read the value from a file"),
    row("Ctrl-R", ":ends", "show the first and last characters of a secret"),
    row("Ctrl-U", "", "erase up to the caret; Ctrl-K what follows it"),
    row("", ":clear", "erase the value"),
    row("Ctrl-W", "", "erase the word before the caret"),
    row("Ctrl-A", "", "to the beginning; Ctrl-E to the end"),
    row("", "::", "the beginning of a value that begins with a colon"),
  ]

  private static let reading: [Page.KeyRow] = [
    row("PgDn, PgUp", "", "scroll; Space too while no text is typed"),
    row("/, Ctrl-F", ":find TEXT", "search in all steps of the guide"),
    row("1 2 3 …", ":link 1", "show link or code [1] whole and copy it"),
    row("Alt-1", "", "the same while a text is typed; or Ctrl-L 1"),
    row("Shift-←→", "", "move code that is wider than the window"),
  ]

  private static func row(_ keys: String, _ word: String, _ meaning: String) -> Page.KeyRow {
    Page.KeyRow(keys: keys, word: word, meaning: meaning)
  }
}
