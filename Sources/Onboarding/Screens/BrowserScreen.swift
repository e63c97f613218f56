internal import Credentials
internal import Guides

/// In place of everything that is asked, for a provider that is linked by signing in with a browser: what Usher can do
/// for it, and what not.
struct BrowserScreen: Equatable {
  /// More providers of the same service than this are not offered at once.
  private static let mostAlternatives = 3

  /// Whether Back leads out of the wizard: no screen comes before this one.
  let isFirst: Bool
  private var choice = Choice()

  init(isFirst: Bool) { self.isFirst = isFirst }

  mutating func handle(_ input: Input, _ visit: borrowing Visit) -> Request {
    choice.handle(input, among: actions(visit).map { $0.request })
  }

  mutating func select(action: Int, _ visit: borrowing Visit) {
    choice.select(action, count: actions(visit).count)
  }

  func page(_ visit: borrowing Visit) -> Page {
    let name = visit.provider.displayName
    var page = Page(
      header: visit.header(position: "Needs a browser", station: 0),
      title: "\(name) is linked in a browser")
    page.items = limits(visit) + alternatives(visit) + guide(visit)
    let actions = actions(visit)
    page.actions = actions.map { Page.Action($0.label) }
    page.selectedAction = choice.index
    page.keys = [
      KeyHint("Enter", actions[choice.index].hint, weight: 9),
      KeyHint("Esc", isFirst ? "leave" : "back", weight: 7), KeyHint("?", "help", weight: 8),
    ]
    if actions.count > 1 { page.keys.insert(KeyHint("←→", "choose", weight: 6), at: 1) }
    return page
  }

  private struct Action {
    var label: String
    var hint: String
    var request: Request
  }

  private func actions(_ visit: borrowing Visit) -> [Action] {
    var actions = offered(visit).map {
      Action(label: "Link \($0.displayName)", hint: "link this one", request: .choose($0.slug))
    }
    if hasGuide(visit) {
      actions.append(Action(label: "Read the guide", hint: "read the guide", request: .next))
    }
    actions.append(
      isFirst
        ? Action(label: "Leave", hint: "leave", request: .leave)
        : Action(label: "Choose another", hint: "choose another", request: .back))
    return actions
  }

  private func offered(_ visit: borrowing Visit) -> [CatalogueEntry] {
    Array(visit.alternatives.prefix(BrowserScreen.mostAlternatives))
  }

  private func hasGuide(_ visit: borrowing Visit) -> Bool {
    visit.stages.contains { !$0.blocks.isEmpty }
  }

  private func limits(_ visit: borrowing Visit) -> [Page.Item] {
    let name = visit.provider.displayName
    var items: [Page.Item] = [
      .status(
        Notice(
          .warning,
          "Usher cannot link it: \(name) gives access through a page to sign in on "
            + "(\(visit.provider.authMode.rawValue)), and has no key to type. Nothing is asked here, and nothing is "
            + "stored."))
    ]
    if hasGuide(visit) {
      let steps = Sentences.count(visit.stages.count, "step")
      items.append(
        .paragraph(
          "Usher can show the guide for you to follow in a browser: \(steps), their links to copy.")
      )
    }
    return items
  }

  private func alternatives(_ visit: borrowing Visit) -> [Page.Item] {
    let offered = offered(visit)
    guard !offered.isEmpty else { return [] }
    return [
      .heading("The same service, without a browser"),
      .facts(offered.map { .init($0.displayName, "usher connect \($0.slug)") }),
    ]
  }

  /// What stands in the guide before its steps.
  private func guide(_ visit: borrowing Visit) -> [Page.Item] {
    guard let guide = visit.form.guide else { return [] }
    var items: [Page.Item] = []
    if !guide.prerequisites.isEmpty {
      items += [.heading("You need"), .guide(guide.prerequisites)]
    }
    if !guide.overview.isEmpty { items += [.heading("About"), .guide(guide.overview)] }
    for section in guide.extras where !section.isAfterSteps {
      items += [.heading(section.heading), .guide(section.blocks)]
    }
    return items
  }
}
