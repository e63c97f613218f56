internal import Basics
internal import Drafts
internal import Secrets

/// Asks for the passphrase of the identity, where something that is stored is to be opened. Going back leaves it closed: what
/// only stores needs none.
struct PassphraseSheet: Sheet {
  /// What could not be opened, and is opened then.
  let place: LockedPlace
  private let line = PassphraseLine()
  private var notice: Notice?
  /// Whether the line that is acted on was not taken.
  private var wasRefused = false

  init(for place: LockedPlace) { self.place = place }

  var overlay: Overlay { .passphrase(self) }
  var isTyping: Bool { true }

  mutating func handle(_ input: Input) -> Request {
    if exchange(&wasRefused, with: false), input == .command(.activate) { return .stay }
    notice = nil
    switch input {
    case .edit(let edit):
      line.apply(edit)
      return .stay
    case .command(.activate): return line.isEmpty ? .dismiss : .unlock
    case .command(.back): return .dismiss
    case .command(let command): return command.commonRequest
    }
  }

  /// Takes the place of what was entered before.
  mutating func receive(_ text: borrowing SecretBuffer, _ origin: TextOrigin) {
    notice = nil
    var fits = line.replace(with: text)
    switch origin {
    case .paste(let isCut): fits = fits && !isCut
    case .line: wasRefused = !fits
    }
    guard !fits else { return }
    _ = line.take()
    notice = Notice(.failed, "That is longer than any passphrase. Nothing of it was used.")
  }

  /// What was entered, which has no other owner then.
  func take() -> SecretBuffer { line.take() }

  /// Why it did not open the identity.
  mutating func report(_ explanation: Explanation) {
    notice = Notice(.failed, Sentences.paragraph(explanation))
  }

  func page(header: Page.Header) -> Page {
    var page = Page(header: header.covered(by: "Passphrase"), title: "The store is locked")
    page.items = [
      .paragraph(
        "What is stored is to be opened, and the identity that opens it is wrapped with a passphrase. It is kept for "
          + "this session, and nowhere else.")
    ]
    let count = line.characters
    var field = FieldView(label: "Passphrase", input: .masked(characters: count, caret: count))
    field.isFocused = true
    field.notices = [notice].compactMap(\.self)
    page.fields = [field]
    page.hidesAnswers = true
    page.keys = [KeyHint(.activate, "unlock", weight: 9), KeyHint(.back, "back", weight: 10)]
    return page
  }
}
