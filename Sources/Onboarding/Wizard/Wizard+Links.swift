internal import GuideText
internal import ProviderFormat
internal import TerminalUI

/// What is done with the numbers on a page: addresses and code are shown whole and copied, places of the guide are gone
/// to.
extension Wizard {
  /// A digit chooses at once where no longer number begins with it; else the next one, or Enter, is waited for.
  mutating func chooseLink(_ pending: Int, followedBy digit: Int) -> Effect {
    let count = page().references.count
    let number = pending * 10 + digit
    guard number >= 1, number <= count else { return .none }
    guard number * 10 > count else {
      pendingLink = number
      return .none
    }
    return openLink(number)
  }

  mutating func openLink(_ number: Int) -> Effect {
    guard let reference = page().references[number] else { return .none }
    switch reference.target {
    case .address(let url):
      let sheet = LinkSheet(number: number, name: reference.name, url: url, clipboard: clipboard)
      cover(with: .link(sheet))
      return offer(sheet.text)
    case .code(let text):
      let sheet = CodeSheet(
        number: number, language: reference.name, text: text, clipboard: clipboard)
      cover(with: .code(sheet))
      return offer(text)
    case .place(let fragment):
      jump(to: fragment)
      return .none
    }
  }

  /// All of them by name and address.
  mutating func listLinks() {
    let references = page().references.all
    if references.isEmpty {
      remark = Notice(.note, "There is no link on this page.")
    } else {
      cover(with: .links(LinksSheet(references)))
    }
  }

  /// Copies a text, where there is a clipboard that takes so much.
  func offer(_ text: String) -> Effect {
    let text = CodeText.copyable(text)
    return clipboard.takes(text) ? .copy(text) : .none
  }

  /// Only from step to step: before the first one there are questions that have to be answered. Where all steps are on one
  /// page, the page is scrolled.
  private mutating func jump(to fragment: String) {
    guard let number = state.ask({ $0.guideStep(for: fragment) }) ?? nil,
      let stage = state.ask({ $0.stage(ofStep: number) })
    else {
      remark = Notice(.note, "This link leads to a place that is not one of the steps.")
      return
    }
    guard case .step(let step) = state.screen else {
      remark = Notice(.note, "This link leads to step \(stage + 1).")
      return
    }
    if let passage = state.ask({ $0.beginning(ofStep: number) }) ?? nil {
      let layout = layout()
      let row = layout.row(of: Place(passage: passage, part: 0))
      scroll = min(row, max(0, layout.extent.total - layout.extent.visible))
    } else {
      jump(from: step, to: stage)
    }
  }

  /// The title of the step that a link leads to where all steps stand on the page that is shown; nil elsewhere.
  func titleOnPage(of fragment: String) -> String? {
    guard case .step = state.screen, isOnePage else { return nil }
    return state.ask { link in
      link.guideStep(for: fragment).flatMap { link.form.guide?.steps[$0].title }
    } ?? nil
  }

  static func linkKeys(_ pending: Int) -> [KeyHint] {
    let digits = pending == 0 ? "" : "\(pending)"
    return [
      KeyHint("Link \(digits)_", "type its number", weight: 9),
      KeyHint(.activate, "open", weight: 8), KeyHint(.back, "no link", weight: 10),
    ]
  }
}
