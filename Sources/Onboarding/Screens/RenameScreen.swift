internal import Credentials
internal import Secrets

/// Another name for the connection, when the first one is taken.
struct RenameScreen: Equatable {
  private var entry: TextEntry
  private var notice: Notice?

  init(_ name: ConnectionName) { entry = TextEntry(name.name) }

  mutating func handle(_ input: Input, _ visit: borrowing Visit) -> Request {
    notice = nil
    switch input {
    case .edit(let edit):
      entry.apply(edit)
      return .stay
    case .command(.activate): return accept(visit)
    case .command(let command): return command.commonRequest
    }
  }

  mutating func paste(_ pasted: borrowing SecretBuffer) {
    notice = nil
    if !entry.paste(pasted) { notice = Notice(.warning, "That is too long for a name.") }
  }

  mutating func answer(_ line: borrowing SecretBuffer) {
    if !line.isEmpty { entry.replace(with: "") }
    paste(line)
  }

  func page(_ visit: borrowing Visit) -> Page {
    var page = Page(
      header: visit.header(position: "Name", station: 0), title: "What shall it be called?")
    page.items = [
      .paragraph(
        "\(visit.name) is taken. A second name keeps both: one for each account, machine or "
          + "environment.")
    ]
    var field = FieldView(label: "Name", input: .text(entry.text, caret: entry.caret))
    field.isFocused = true
    field.prefix = "\(visit.name.provider)/"
    field.placeholder = "e.g. work"
    if let notice { field.notices = [notice] }
    page.fields = [field]
    page.keys = [
      KeyHint("Enter", "use this name", weight: 9), KeyHint("Esc", "back", weight: 7),
      KeyHint("F1", "help", weight: 8),
    ]
    return page
  }

  private mutating func accept(_ visit: borrowing Visit) -> Request {
    guard let name = ConnectionName(provider: visit.name.provider, name: entry.text) else {
      notice = Notice(
        .failed,
        "A name has 1 to 64 letters, digits, “-”, “_” or “.”, and begins with a letter, a digit or “_”."
      )
      return .stay
    }
    if visit.options.linked.contains(where: { $0.name == name }) {
      notice = Notice(.failed, "\(name) is linked already.")
      return .stay
    }
    return .named(name)
  }
}
