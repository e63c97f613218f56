internal import TerminalUI

/// Everything that the page below points to, by number, name and address.
struct LinksSheet: Sheet {
  private let references: [References.Reference]
  private var choice = Choice()
  /// The digits of a number that may go on; 0 when none was typed.
  private var pending = 0

  init(_ references: [References.Reference]) { self.references = references }

  var overlay: Overlay { .links(self) }

  mutating func handle(_ input: Input) -> Request {
    guard case .command(let command) = input else { return .stay }
    if case .digit(let digit) = command { return number(followedBy: digit) }
    pending = 0
    switch command {
    case .activate: return .openLink(choice.index + 1)
    case .back, .linkPrompt: return .dismiss
    case .leave, .help, .nextControl, .previousControl, .move, .scroll, .digit, .link, .reveal,
      .insist, .acceptOffer, .readFile, .review, .suspend, .find, .copy:
      return choice.move(command, count: references.count) ? .stay : command.commonRequest
    }
  }

  /// A number opens at once where no longer one begins with it.
  private mutating func number(followedBy digit: Int) -> Request {
    let number = pending * 10 + digit
    guard (1...references.count).contains(number) else {
      pending = 0
      return .stay
    }
    choice.select(number - 1, count: references.count)
    pending = number * 10 > references.count ? 0 : number
    return pending == 0 ? .openLink(number) : .stay
  }

  func page(header: Page.Header) -> Page {
    let header = header.covered(by: "Links")
    var page = Page(header: header, title: "Links of this page")
    page.items = [
      .list(
        references.enumerated().map { index, reference in
          var row = Page.Row(
            "[\(index + 1)] \(reference.shownName)", detail: reference.shownTarget,
            isSelected: index == choice.index)
          row.isStacked = true
          return row
        })
    ]
    page.keys = [
      KeyHint(
        .activate, "show and copy", brief: "show", weight: 9, withoutClipboard: "show"),
      KeyHint(.move(.up), .move(.down), "choose", weight: 8), KeyHint(.back, "back", weight: 10),
    ]
    return page
  }
}

extension References.Reference {
  fileprivate var shownName: String {
    guard name.isEmpty else { return name }
    return switch target {
    case .address: "Link"
    case .place: "In this guide"
    case .code: "Code"
    }
  }

  fileprivate var shownTarget: String {
    switch target {
    case .address(let url): return url
    case .place: return "another place of this guide"
    case .code(let text):
      let count = CodeText(text).lines.count
      return count == 1 ? "code or a value, to copy" : "code, \(count) lines, to copy"
    }
  }
}
