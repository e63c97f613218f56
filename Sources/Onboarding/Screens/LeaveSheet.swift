/// Asks before typed values are thrown away.
struct LeaveSheet: Equatable {
  enum Purpose: Equatable {
    case leaving
    /// Another provider is to be linked instead.
    case choosing(String)
  }

  private let purpose: Purpose
  private var choice = Choice()

  init(for purpose: Purpose) { self.purpose = purpose }

  mutating func handle(_ input: Input, keepsDraft: Bool) -> Request {
    // A second Ctrl-C is left to the common requests: whoever presses it twice means it.
    if case .command(.back) = input { return .dismiss }
    return choice.handle(input, among: actions(keepsDraft).map { $0.request })
  }

  mutating func select(action: Int, keepsDraft: Bool) {
    choice.select(action, count: actions(keepsDraft).count)
  }

  func page(header: Page.Header, keepsDraft: Bool) -> Page {
    var header = header
    header.position = ""
    header.progress = nil
    let isLeaving = purpose == .leaving
    var page = Page(
      header: header, title: isLeaving ? "Leave without storing?" : "Link another provider instead?"
    )
    page.items = [
      .paragraph(
        isLeaving && keepsDraft
          ? "Nothing has been stored. Values of finished steps are kept, sealed, until next time."
          : "Nothing has been stored. What you typed will be forgotten.")
    ]
    let actions = actions(keepsDraft)
    page.actions = actions.map { Page.Action($0.label) }
    page.selectedAction = choice.index
    page.keys = [
      KeyHint("Enter", actions[choice.index].label.lowercased(), weight: 9),
      KeyHint("←→", "choose", weight: 6), KeyHint("Esc", "stay", weight: 7),
    ]
    return page
  }

  private func actions(_ keepsDraft: Bool) -> [(label: String, request: Request)] {
    switch purpose {
    case .choosing(let slug): [("Stay", .dismiss), ("Link another", .chooseAnyway(slug))]
    case .leaving where keepsDraft:
      [("Stay", .dismiss), ("Leave", .finish), ("Leave and forget", .forget)]
    case .leaving: [("Stay", .dismiss), ("Leave", .finish)]
    }
  }
}
