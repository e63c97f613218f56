internal import Connections
internal import Requests
internal import Secrets

/// One of several that a link can stand on: an application that is kept, or a place where one is installed.
struct ChooseScreen: WizardScreen {
  /// What is chosen.
  enum Purpose: Equatable { case application, installation }

  private struct Option {
    var name: String
    var detail: String
    var request: Request
  }

  let purpose: Purpose
  private var list = FilteredList()

  init(_ purpose: Purpose) { self.purpose = purpose }

  var screen: Screen { .choose(self) }

  var isTyping: Bool { true }

  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    let options = options(visit)
    switch input {
    case .edit(let edit): list.apply(edit)
    case .command(.activate):
      if options.indices.contains(list.index) { return options[list.index].request }
    case .command(let command):
      return list.move(command, count: options.count) ? .stay : command.commonRequest
    }
    return .stay
  }

  mutating func receive(
    _ text: borrowing SecretBuffer, _ origin: TextOrigin, _ visit: inout LinkSession
  ) -> Request {
    _ = list.receive(text, origin)
    return .stay
  }

  mutating func select(_ control: NumberedControl, _ visit: borrowing LinkSession) {
    if case .row(let number) = control { list.select(number, count: options(visit).count) }
  }

  func page(_ visit: borrowing LinkSession) -> Page {
    let options = options(visit)
    var page = Page(
      header: visit.header(position: position(visit), station: station(visit)), title: title)
    page.fields = [list.field("Search", placeholder: "a part of its name")]
    page.fieldsComeFirst = true
    page.items = [
      options.isEmpty
        ? .status(Notice(.note, "None has “\(list.text)” in its name."))
        : .list(
          options.enumerated().map { index, option in
            var row = Page.Row(option.name, detail: option.detail, isSelected: index == list.index)
            row.isBrief = true
            return row
          })
    ]
    page.keys = [
      KeyHint(.activate, "choose", weight: 9), KeyHint(.move(.up), .move(.down), "move", weight: 8),
      KeyHint(.back, "back", weight: 10), KeyHint(.help, "help", weight: 5, isTyping: true),
    ]
    return page
  }

  private var title: String {
    switch purpose {
    case .application: "Which application?"
    case .installation: "Where is it installed?"
    }
  }

  private func position(_ visit: borrowing LinkSession) -> String {
    switch purpose {
    case .application: Sentences.count(visit.linking.applications.count, "application")
    case .installation: Sentences.count(visit.linking.installations.count, "account")
    }
  }

  private func station(_ visit: borrowing LinkSession) -> Int {
    purpose == .application ? 0 : visit.consentStation
  }

  private func options(_ visit: borrowing LinkSession) -> [Option] {
    switch purpose {
    case .application:
      let kept = visit.linking.applications.map { facts in
        Option(
          name: facts.name.description, detail: facts.clientID, request: .use(facts.name))
      }
      let other = Option(
        name: "Another one", detail: "which is asked for now", request: .use(nil))
      return fitting(kept) + [other]
    case .installation:
      return fitting(
        visit.linking.installations.map { place in
          Option(name: place.account, detail: place.kind ?? "", request: .installation(place.id))
        })
    }
  }

  private func fitting(_ options: [Option]) -> [Option] {
    let names = Set(list.fitting(options.map(\.name)))
    return options.filter { names.contains($0.name) }
  }
}
