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
      let sheet = LinkSheet(number: number, name: reference.name, url: url)
      cover(with: .link(sheet))
      return .copy(CodeText.copyable(sheet.text))
    case .code(let text):
      cover(with: .code(CodeSheet(number: number, language: reference.name, text: text)))
      return .copy(CodeText.copyable(text))
    case .place(let fragment):
      jump(to: fragment)
      return .none
    }
  }

  /// Only from step to step: before the first one there are questions that have to be answered.
  private mutating func jump(to fragment: String) {
    guard let stage = state.ask({ $0.stage(for: fragment) }) ?? nil else {
      remark = Notice(.note, "This link leads to a place that is not one of the steps.")
      return
    }
    if case .step(let step) = state.screen {
      jump(from: step, to: stage)
    } else {
      remark = Notice(.note, "This link leads to step \(stage + 1).")
    }
  }

  static func linkKeys(_ pending: Int) -> [KeyHint] {
    let digits = pending == 0 ? "" : "\(pending)"
    return [
      KeyHint("Link \(digits)_", "type its number", weight: 9),
      KeyHint(.activate, "open", weight: 8), KeyHint(.back, "no link", weight: 7),
    ]
  }
}
