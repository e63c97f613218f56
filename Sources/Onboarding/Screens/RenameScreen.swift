internal import Connections
internal import Drafts
internal import Secrets

/// Another name for the connection: when the first one is taken, or because the user wants one.
struct RenameScreen: WizardScreen {
  private var entry: TextEntry
  private var notice: Notice?

  /// Begins with a name that is free: a taken one would only have to be erased.
  init(_ visit: borrowing LinkSession) { entry = TextEntry(visit.freeName.name) }

  var screen: Screen { .rename(self) }

  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    notice = nil
    switch input {
    case .edit(let edit):
      entry.apply(edit)
      return .stay
    case .command(.activate): return accept(visit)
    case .command(let command): return command.commonRequest
    }
  }

  mutating func receive(
    _ text: borrowing SecretBuffer, _ origin: TextOrigin, _ visit: inout LinkSession
  ) -> Request {
    notice = nil
    if case .line = origin, !text.isEmpty { entry.replace(with: "") }
    guard text.withBytes({ SecretShape.of($0) }) == nil else {
      notice = RenameScreen.secretNotice
      return .stay
    }
    if !entry.paste(text) { notice = Notice(.warning, "That is too long for a name.") }
    switch origin {
    case .paste: return .stay
    case .line: return handle(.command(.activate), &visit)
    }
  }

  var isTyping: Bool { true }

  func page(_ visit: borrowing LinkSession) -> Page {
    var page = Page(
      header: visit.header(position: "Name", station: 0), title: "What shall it be called?")
    let use = "one for each account, machine or environment"
    page.items = [
      .paragraph(
        visit.isNameTaken
          ? "\(visit.name) is taken. A second name keeps both: \(use)."
          : "Commands call the connection by this name. Several names keep several accounts apart: \(use)."
      )
    ]
    var field = FieldView(label: "Name", input: entry.input)
    field.isFocused = true
    field.prefix = "\(visit.name.provider)/"
    field.placeholder = "e.g. work"
    if let notice = notice ?? (entry.secret == nil ? nil : RenameScreen.secretNotice) {
      field.notices = [notice]
    }
    page.fields = [field]
    page.keys = [
      KeyHint(.activate, "use this name", weight: 9), KeyHint(.back, "back", weight: 10),
      KeyHint(.help, "help", weight: 5, isTyping: true),
    ]
    return page
  }

  private static let secretNotice = Notice(
    .failed, "That looks like a secret. A name is shown in lists and kept in clear; choose another."
  )

  private mutating func accept(_ visit: borrowing LinkSession) -> Request {
    guard entry.secret == nil else {
      notice = RenameScreen.secretNotice
      return .stay
    }
    guard let name = ConnectionName(provider: visit.name.provider, name: entry.text) else {
      notice = Notice(
        .failed,
        "A name has 1 to 64 letters, digits, “-”, “_” or “.”, and begins with a letter, a digit or “_”."
      )
      return .stay
    }
    if visit.isTaken(name) {
      notice = Notice(.failed, "\(name) is linked already.")
      return .stay
    }
    return .named(name)
  }
}
