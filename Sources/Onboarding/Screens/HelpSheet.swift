/// The keys, and the words of plain mode.
struct HelpSheet: Sheet {
  var overlay: Overlay { .help(self) }

  func handle(_ input: Input) -> Request {
    guard case .command(let command) = input else { return .stay }
    let dismissing: [Command] = [.activate, .back, .help]
    return dismissing.contains(command) ? .dismiss : command.commonRequest
  }

  func page(header: Page.Header) -> Page {
    let header = header.covered(by: "Help")
    var page = Page(header: header, title: "Help")
    page.items = [
      .heading("Going on"), HelpSheet.rows(KeyBinding.going),
      .heading("Typing a value"), HelpSheet.rows(KeyBinding.typing),
      .heading("Reading the guide"), HelpSheet.rows(KeyBinding.reading),
    ]
    page.actions = [Page.Action("Back")]
    page.selectedAction = 0
    page.keys = [KeyHint("Enter", "back", weight: 9)]
    return page
  }

  private static func rows(_ bindings: [KeyBinding]) -> Page.Item {
    .keys(
      bindings.map {
        Page.KeyRow(keys: $0.keys, word: $0.word, meaning: $0.meaning, spoken: $0.spoken)
      })
  }
}
