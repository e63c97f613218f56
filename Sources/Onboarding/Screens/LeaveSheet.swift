internal import Basics
internal import Connections

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
  /// Whether others may have been stored before.
  private let isOneOfSeveral: Bool
  /// Why the last of them could not be.
  var error: StoreError?
  private var choice = Choice()

  init(for purpose: Purpose, keepsDraft: Bool, isOneOfSeveral: Bool = false) {
    self.isOneOfSeveral = isOneOfSeveral
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
    let header = header.covered(by: "")
    let isLeaving = purpose == .leaving
    var page = Page(
      header: header, title: isLeaving ? "Leave without storing?" : "Link another provider instead?"
    )
    page.items = [.paragraph("\(standing) \(fate)")]
    if isLeaving, let error {
      page.items.append(.status(Notice(.failed, Sentences.paragraph(error.explanation))))
    }
    page.keys = [
      KeyHint(.move(.left), .move(.right), "choose", weight: 8), KeyHint(.back, "stay", weight: 10),
    ]
    page.show(actions, selected: choice.index)
    return page
  }

  private var standing: String {
    isOneOfSeveral
      ? "This one has not been stored; those that were linked stay." : "Nothing has been stored."
  }

  /// What becomes of what was typed.
  private var fate: String {
    guard purpose == .leaving, keepsDraft else { return "What you typed will be forgotten." }
    return error == nil
      ? "Values of finished steps are kept, sealed, until next time."
      : "What you typed last could not be kept, and will be forgotten."
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
