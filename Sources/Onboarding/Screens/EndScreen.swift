internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// When the values end, where the provider does not say it: whoever made them has chosen it.
struct EndScreen: WizardScreen {
  private var entry: TextEntry
  private var notice: Notice?

  init(_ visit: borrowing LinkSession) {
    entry = TextEntry(visit.end.map { $0.moment?.day ?? "never" } ?? "", limit: 40)
  }

  var screen: Screen { .end(self) }

  var isTyping: Bool { true }

  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    notice = nil
    switch input {
    case .edit(let edit):
      entry.apply(edit)
      return .stay
    case .command(.activate): return accept(&visit)
    case .command(let command): return command.commonRequest
    }
  }

  mutating func receive(
    _ text: borrowing SecretBuffer, _ origin: TextOrigin, _ visit: inout LinkSession
  ) -> Request {
    notice = nil
    if case .line = origin, !text.isEmpty { entry.replace(with: "") }
    guard text.withBytes({ SecretShape.of($0) }) == nil else {
      notice = EndScreen.secretNotice
      return .stay
    }
    if !entry.paste(text) { notice = Notice(.warning, "That is too long for a date.") }
    switch origin {
    case .paste: return .stay
    case .line: return handle(.command(.activate), &visit)
    }
  }

  func page(_ visit: borrowing LinkSession) -> Page {
    let name = visit.provider.displayName
    var page = Page(
      header: visit.header(position: "End", station: visit.lastStation),
      title: "When does it end?")
    page.items = [
      .paragraph(
        "How many days did you choose at \(name)? It does not say so itself. “usher status” warns before the end."
      )
    ]
    var field = FieldView(label: "Ends", input: entry.input)
    field.isFocused = true
    field.placeholder = "90d, 2027-03-01 or never"
    if let notice = notice ?? (entry.secret == nil ? nil : EndScreen.secretNotice) {
      field.notices = [notice]
    }
    page.fields = [field]
    page.keys = [
      KeyHint(.activate, "use it", weight: 9), KeyHint(.back, "back", weight: 10),
      KeyHint(.help, "help", weight: 5, isTyping: true),
    ]
    return page
  }

  private static let secretNotice = Notice(
    .failed, "That looks like a secret. Here a date or a number of days is asked for.")

  /// Nothing at all takes back what was said.
  private mutating func accept(_ visit: inout LinkSession) -> Request {
    guard !entry.text.isEmpty else {
      visit.end = nil
      return .next
    }
    do throws(ChosenEndError) {
      visit.end = try ChosenEnd(entry.text, now: visit.moment)
      return .next
    } catch {
      let explanation = error.explanation
      let advice = explanation.advice.map { " " + Sentences.sentence($0) } ?? ""
      notice = Notice(.failed, Sentences.paragraph(explanation) + advice)
      return .stay
    }
  }
}
