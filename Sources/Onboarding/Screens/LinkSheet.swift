internal import Guides

/// One address, whole, for selecting, typing off, or copying.
struct LinkSheet: Equatable {
  let number: Int
  let link: LinkTable.Link

  func handle(_ input: Input) -> Request {
    guard case .command(let command) = input else { return .stay }
    switch command {
    case .activate, .back: return .dismiss
    case .digit, .link: return .copy(link.url)
    case .leave, .help, .nextControl, .previousControl, .move, .scroll, .linkPrompt, .reveal,
      .insist, .takeOffer, .readFile, .review, .suspend:
      return command.commonRequest
    }
  }

  func page(header: Page.Header) -> Page {
    var header = header
    header.position = "Link \(number)"
    header.progress = nil
    var page = Page(header: header, title: link.name.isEmpty ? "Link \(number)" : link.name)
    page.items = [
      .address(link.url),
      .paragraph(
        "Open it in the browser of the computer you sit at. It was offered to your clipboard, "
          + "which not every terminal allows; it can also be selected here."),
    ]
    page.actions = [Page.Action("Back")]
    page.selectedAction = 0
    page.keys = [
      KeyHint("Enter", "back", weight: 9), KeyHint("\(number)", "copy again", weight: 6),
    ]
    return page
  }
}
