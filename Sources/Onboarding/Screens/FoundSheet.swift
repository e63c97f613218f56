internal import Drafts
internal import ProviderFormat

/// What a paste held that was more than the value that is asked for: which of it fits which field, and what to use.
/// Nothing of it has been used when the sheet comes up.
struct FoundSheet: Sheet {
  /// More choices than this are not offered one by one; whoever pasted a whole file finds the value there.
  private static let longestChoice = 8

  private let found: FoundValues
  private let labels: [Field.ID: String]
  private let service: String
  private var choice = Choice()

  init(_ found: FoundValues, labels: [Field.ID: String], service: String) {
    self.found = found
    self.labels = labels
    self.service = service
  }

  var overlay: Overlay { .found(self) }

  mutating func handle(_ input: Input) -> Request {
    if case .command(.back) = input { return .apply(nil) }
    return choice.handle(input, among: actions.map(\.request))
  }

  mutating func select(action: Int) { choice.select(action, count: actions.count) }

  func page(header: Page.Header) -> Page {
    let header = header.covered(by: "Several values")
    var page = Page(header: header, title: title)
    page.items = [.paragraph(explanation), .facts(facts)]
    page.keys = [
      KeyHint(.move(.left), .move(.right), "choose", weight: 6), KeyHint(.back, "back", weight: 10),
    ]
    page.show(actions, selected: choice.index)
    return page
  }

  // MARK: What it says

  private var title: String {
    let count = found.items.count
    switch found.kind {
    case .lines where found.items.allSatisfy(\.isLine):
      return "\(count) lines were pasted"
    case .line, .dotenv, .json, .yaml, .command, .code, .basicHeader, .keyFile, .lines:
      return count == 1 ? "This is another value" : "\(count) values were pasted"
    }
  }

  private var explanation: String {
    let asked = label(found.field)
    let source =
      switch found.kind {
      case .line: "The line names the value"
      case .dotenv: "This looks like a file of variables (.env)"
      case .json: "This looks like a JSON document"
      case .yaml: "This looks like a YAML document"
      case .command(let program): "This is a \(program) command"
      case .code: "This is a part of a program"
      case .basicHeader: "This is a Basic header, which holds a user and a password"
      case .keyFile: "This is a file of several keys and certificates"
      case .lines: "These are several lines"
      }
    let need = "\(asked) is one value. Nothing of the paste has been used yet."
    return "\(source). \(need)"
  }

  private var facts: [Page.Fact] {
    found.items.map { item in
      let prefix = item.prefix.map { ", \($0)…" } ?? ""
      let fate = item.field.map { "fits \(label($0))" } ?? "fits no field of \(service)"
      return Page.Fact(
        item.name, "\(Sentences.count(item.characters, "character"))\(prefix); \(fate)")
    }
  }

  private var actions: [ScreenAction] {
    var actions: [ScreenAction] = []
    let fitting = found.fitting
    if fitting > 1 {
      actions.append(ScreenAction(fitting == 2 ? "Take both" : "Take all \(fitting)", .apply(.all)))
    } else if fitting == 1, found.own == nil, let field = found.items.lazy.compactMap(\.field).first
    {
      actions.append(ScreenAction("Use it as \(label(field))", .apply(.all)))
    }
    if let own = found.own {
      actions.append(ScreenAction("Only \(label(found.field))", .apply(.one(own))))
    } else {
      for (index, item) in found.items.enumerated().prefix(FoundSheet.longestChoice)
      where item.field == nil || fitting != 1 {
        actions.append(ScreenAction("Use \(item.name)", .apply(.one(index))))
      }
    }
    if found.canJoin { actions.append(ScreenAction("Join the lines", .apply(.joined))) }
    return actions + [ScreenAction("None", .apply(nil))]
  }

  private func label(_ field: Field.ID) -> String { labels[field] ?? field.name }
}
