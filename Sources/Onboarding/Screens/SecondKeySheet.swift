internal import Basics
internal import Drafts
internal import Secrets

/// Before a store is made: offers to seal it to a second key, which is kept elsewhere. Going on without costs one Enter,
/// and it can be added at any time.
struct SecondKeySheet: Sheet {
  /// As long as a line of an SSH key with its comment, and a post-quantum key, which is longer than any.
  private var entry = TextEntry(limit: 4096)
  private var notice: Notice?
  /// Whether the line that is acted on was not taken.
  private var wasRefused = false

  var overlay: Overlay { .secondKey(self) }
  var isTyping: Bool { true }

  mutating func handle(_ input: Input) -> Request {
    if exchange(&wasRefused, with: false), input == .command(.activate) { return .stay }
    notice = nil
    switch input {
    case .edit(let edit):
      entry.apply(edit)
      return .stay
    case .command(.activate):
      guard !entry.text.isEmpty else { return .dismiss }
      return .addReader(entry.text)
    case .command(.back): return .dismiss
    case .command(let command): return command.commonRequest
    }
  }

  /// A public key takes the place of what was entered before. Anything else may be a secret that came too early: it is not
  /// shown, and not taken.
  mutating func receive(_ text: borrowing SecretBuffer, _ origin: TextOrigin) {
    entry.replace(with: "")
    notice = nil
    if text.isEmpty { return }
    let isPublic = text.withBytes { bytes in
      let start = bytes.trimmed(0..<bytes.byteCount, where: \.isMarkupBlank).lowerBound
      return Self.beginnings.contains { bytes.has($0.utf8, at: start) }
    }
    if isPublic, entry.paste(text) { return }
    switch origin {
    case .line: wasRefused = true
    case .paste: break
    }
    notice = Notice(
      .warning, "That is not a public key, and it was not used. It begins with age1 or ssh-ed25519."
    )
  }

  /// Why it was not taken. What was typed stays, to be corrected.
  mutating func report(_ explanation: Explanation) { notice = Notice(failed: explanation) }

  private static let beginnings = ["age1", "ssh-"]

  /// A public key is shown as it is, and nothing else.
  private var input: FieldView.Input {
    let text = entry.text
    return Self.beginnings.contains { text.hasPrefix($0) || $0.hasPrefix(text) }
      ? .text(text, caret: entry.caret)
      : .masked(characters: entry.scalars.count, caret: entry.caret)
  }

  func page(header: Page.Header) -> Page {
    var page = Page(header: header.covered(by: "A second key"), title: "A second key?")
    page.items = [
      .paragraph(
        "The store is about to be made, and this machine gets a key that opens it. A second key, kept elsewhere, opens it "
          + "when this machine is lost."),
      .paragraph("Enter alone goes on without; “usher keys add” does the same later."),
    ]
    var view = FieldView(label: "Public key", input: input)
    view.isFocused = true
    view.placeholder = "age1… or ssh-ed25519 …"
    if let notice { view.notices = [notice] }
    page.fields = [view]
    page.keys = [
      KeyHint(.activate, entry.text.isEmpty ? "go on without" : "use it", weight: 9),
      KeyHint(.leave, "leave", weight: 4),
    ]
    return page
  }
}
