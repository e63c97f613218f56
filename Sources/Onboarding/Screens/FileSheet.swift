internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// Asks for the file that holds a field's value. What is typed here is a path, which is no secret and is kept nowhere.
struct FileSheet: Sheet {
  let field: Field.ID
  private let label: String
  /// As long as the system lets a path be.
  private var entry = TextEntry(limit: 4096)
  private var notice: Notice?

  init(for field: Field.ID, label: String) {
    self.field = field
    self.label = label
  }

  var overlay: Overlay { .file(self) }
  var isTyping: Bool { true }

  mutating func handle(_ input: Input) -> Request {
    notice = nil
    switch input {
    case .edit(let edit):
      entry.apply(edit)
      return .stay
    case .command(.activate):
      guard !entry.text.isEmpty else { return .dismiss }
      return .read(path: entry.text)
    case .command(.back): return .dismiss
    case .command(let command): return command.commonRequest
    }
  }

  /// What was longer than any value may be is no path either. A line takes the place of what was entered before.
  mutating func receive(_ text: borrowing SecretBuffer, _ origin: TextOrigin) {
    switch origin {
    case .paste(isCut: true): return
    case .paste: break
    case .line: entry.replace(with: "")
    }
    notice = nil
    let isSecret = text.withBytes { SecretShape.of($0) } != nil
    if isSecret || !entry.paste(text) {
      notice = Notice(
        .warning, "That is not a path. A value is pasted into its field: Esc leads back there.")
    }
  }

  /// Why the file could not be used. The path stays, to be corrected.
  mutating func report(_ explanation: Explanation) { notice = Notice(failed: explanation) }

  func page(header: Page.Header) -> Page {
    var header = header
    header.position = "From a file"
    var page = Page(header: header, title: "Read “\(label)” from a file")
    page.items = [
      .paragraph(
        "The whole content of the file, at most 1 MiB, takes the place of the value. It goes straight into locked "
          + "memory; the file stays as it is.")
    ]
    var view = FieldView(label: "File", input: entry.input)
    view.isFocused = true
    view.placeholder = "e.g. ~/keys/private.pem"
    if let notice { view.notices = [notice] }
    page.fields = [view]
    page.keys = [KeyHint(.activate, "read it", weight: 9), KeyHint(.back, "back", weight: 10)]
    return page
  }
}
