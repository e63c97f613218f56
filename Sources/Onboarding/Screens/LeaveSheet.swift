/// Asks before typed values are thrown away.
struct LeaveSheet: Sheet {
  enum Purpose: Equatable {
    case leaving
    /// Another provider is to be linked instead.
    case choosing(String)
  }

  private let purpose: Purpose
  /// Whether finished values are kept, sealed, for another session.
  private let keepsDraft: Bool
  private var choice = Choice()

  init(for purpose: Purpose, keepsDraft: Bool) {
    self.purpose = purpose
    self.keepsDraft = keepsDraft
  }

  var overlay: Overlay { .leave(self) }

  mutating func handle(_ input: Input) -> Request {
    // A second Ctrl-C is left to the common requests: whoever presses it twice means it.
    if case .command(.back) = input { return .dismiss }
    return choice.handle(input, among: actions.map(\.request))
  }

  mutating func select(action: Int) { choice.select(action, count: actions.count) }

  func page(header: Page.Header) -> Page {
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
    page.keys = [
      KeyHint(.move(.left), .move(.right), "choose", weight: 8), KeyHint(.back, "stay", weight: 10),
    ]
    page.show(actions, selected: choice.index)
    return page
  }

  private var actions: [ScreenAction] {
    let stay = ScreenAction("Stay", .dismiss)
    let leave = ScreenAction("Leave", .finish)
    return switch purpose {
    case .choosing(let slug): [stay, ScreenAction("Link another", .chooseAnyway(slug))]
    case .leaving where keepsDraft: [stay, leave, ScreenAction("Leave and forget", .forget)]
    case .leaving: [stay, leave]
    }
  }
}
