internal import Basics
internal import Catalogues
internal import GuideText
internal import ProviderFormat
internal import Requests

/// In place of everything that is asked, for a provider that cannot be linked from here: why not, and what there is
/// instead.
struct BrowserScreen: ActionScreen {
  /// More providers of the same service than this are not offered at once.
  private static let mostAlternatives = 3

  var choice = Choice()

  var screen: Screen { .browser(self) }

  func page(_ visit: borrowing LinkSession) -> Page {
    let name = visit.provider.displayName
    var page = Page(
      header: visit.header(position: "Not from here", station: 0),
      title: "\(name) cannot be linked from here")
    page.items = visit.projectItems + limits(visit) + alternatives(visit) + guide(visit)
    let actions = actions(visit)
    page.keys = [
      KeyHint(.back, visit.isFirst ? "leave" : "back", weight: 10),
      KeyHint(.help, "help", weight: 5),
    ]
    if actions.count > 1 {
      page.keys.insert(KeyHint(.move(.left), .move(.right), "choose", weight: 8), at: 0)
    }
    page.show(actions, selected: choice.index)
    return page
  }

  func actions(_ visit: borrowing LinkSession) -> [ScreenAction] {
    var actions = offered(visit).map {
      ScreenAction("Link \($0.displayName)", .choose($0.slug), hint: "link this one")
    }
    if hasGuide(visit) { actions.append(ScreenAction("Read the guide", .next)) }
    actions.append(
      visit.isFirst ? ScreenAction("Leave", .leave) : ScreenAction("Choose another", .back))
    return actions
  }

  private func offered(_ visit: borrowing LinkSession) -> [CatalogueEntry] {
    Array(visit.alternatives.prefix(BrowserScreen.mostAlternatives))
  }

  private func hasGuide(_ visit: borrowing LinkSession) -> Bool {
    visit.stages.contains { !$0.blocks.isEmpty }
  }

  private func limits(_ visit: borrowing LinkSession) -> [Page.Item] {
    var items: [Page.Item] = []
    if case .impossible(let obstacle) = visit.linking.way {
      let words = obstacle.explanation(for: visit.provider)
      let why = Sentences.sentence(words.why ?? words.what)
      items.append(.status(Notice(.warning, why)))
      if let advice = words.advice { items.append(.paragraph(Sentences.sentence(advice))) }
    }
    items.append(.paragraph("Nothing is asked here, and nothing is stored."))
    if hasGuide(visit) {
      let steps = Sentences.count(visit.stages.count, "step")
      items.append(
        .paragraph(
          "Usher can show the guide for you to follow in a browser: \(steps), their links to copy.")
      )
    }
    return items
  }

  private func alternatives(_ visit: borrowing LinkSession) -> [Page.Item] {
    let offered = offered(visit)
    guard !offered.isEmpty else { return [] }
    return [
      .heading("The same service, with values to type"),
      .facts(offered.map { .init($0.displayName, "usher connect \($0.slug)") }),
    ]
  }

  /// What stands in the guide before its steps.
  private func guide(_ visit: borrowing LinkSession) -> [Page.Item] {
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
