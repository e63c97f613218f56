internal import Drafts
internal import Secrets

/// A screen that asks for one line of plain text, which is shown and kept in clear: a secret has no business there.
protocol EntryScreen: WizardScreen {
  var line: PlainLine { get set }
  /// Enter: takes the line, or says why it is not taken.
  mutating func accept(_ visit: inout LinkSession) -> Request
}

/// Such a line while it is typed, and what is to be said of it.
struct PlainLine {
  var entry: TextEntry
  var notice: Notice?
  /// Said of what looks like a secret.
  let secretNotice: Notice
  /// Said of a paste that does not fit.
  let lengthNotice: Notice

  init(_ entry: TextEntry, secret: String, tooLong: String) {
    self.entry = entry
    secretNotice = Notice(.failed, secret)
    lengthNotice = Notice(.warning, tooLong)
  }

  mutating func receive(_ text: borrowing SecretBuffer, _ origin: TextOrigin) {
    notice = nil
    if case .line = origin, !text.isEmpty { entry.replace(with: "") }
    guard text.withBytes({ SecretShape.of($0) }) == nil else {
      notice = secretNotice
      return
    }
    if !entry.paste(text) { notice = lengthNotice }
  }

  func field(_ label: String, placeholder: String) -> FieldView {
    var field = FieldView(label: label, input: entry.input)
    field.isFocused = true
    field.placeholder = placeholder
    if let notice = notice ?? (entry.secret == nil ? nil : secretNotice) {
      field.notices = [notice]
    }
    return field
  }
}

extension EntryScreen {
  var isTyping: Bool { true }

  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    line.notice = nil
    switch input {
    case .edit(let edit):
      line.entry.apply(edit)
      return .stay
    case .command(.activate): return accept(&visit)
    case .command(let command): return command.commonRequest
    }
  }

  mutating func receive(
    _ text: borrowing SecretBuffer, _ origin: TextOrigin, _ visit: inout LinkSession
  ) -> Request {
    line.receive(text, origin)
    switch origin {
    case .paste: return .stay
    case .line: return line.notice == nil ? handle(.command(.activate), &visit) : .stay
    }
  }

  /// The keys of such a page.
  func keys(_ use: String) -> [KeyHint] {
    [
      KeyHint(.activate, use, weight: 9), KeyHint(.back, "back", weight: 10),
      KeyHint(.help, "help", weight: 5, isTyping: true),
    ]
  }
}
