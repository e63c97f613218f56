internal import ProviderFormat
internal import Requests
internal import Secrets

/// Asks for a refresh token that somebody has already: it does in place of a browser.
struct RefreshTokenScreen: WizardScreen {
  /// Where Back leads.
  let consent: ConsentScreen
  private var notice: Notice?
  private var arriving = 0

  init(over consent: ConsentScreen) {
    var consent = consent
    consent.returnToField()
    self.consent = consent
  }

  var screen: Screen { .refreshToken(self) }

  var isTyping: Bool { true }

  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    arriving = 0
    switch input {
    case .edit(let edit):
      notice = nil
      visit.linking.hidden.apply(edit)
      return .stay
    case .command(.activate):
      guard !visit.linking.hidden.isEmpty else {
        notice = Notice(.failed, "Nothing was entered.")
        return .stay
      }
      return .renew
    case .command(let command): return command.commonRequest
    }
  }

  mutating func receive(
    _ text: borrowing SecretBuffer, _ origin: TextOrigin, _ visit: inout LinkSession
  ) -> Request {
    arriving = 0
    notice = nil
    var fits = visit.linking.hidden.replace(with: text)
    if case .paste(isCut: true) = origin { fits = false }
    guard fits else {
      visit.linking.hidden.wipe()
      notice = Notice(.failed, "That is longer than any refresh token. Nothing of it was used.")
      return .stay
    }
    if case .line = origin { return handle(.command(.activate), &visit) }
    return .stay
  }

  mutating func showArriving(_ characters: Int) { arriving = characters }

  func page(_ visit: borrowing LinkSession) -> Page {
    let name = visit.provider.displayName
    var page = Page(
      header: visit.header(position: "Refresh token", station: visit.consentStation),
      title: "Link with a refresh token")
    page.items = [
      .paragraph(
        "A refresh token that \(name) has given to this application gets an access token at once: no browser is needed. "
          + "It is asked for when you go on, and kept, sealed, with what it brings."),
      .paragraph(
        "Where \(name) takes a refresh token only once, whoever used it before has none that works from then on."
      ),
    ]
    let count = visit.linking.hidden.characters + arriving
    var field = FieldView(label: "Refresh token", input: .masked(characters: count, caret: count))
    field.isFocused = true
    field.notices = [notice].compactMap(\.self)
    page.fields = [field]
    page.hidesAnswers = true
    page.keys = [
      KeyHint(.activate, "use it", weight: 9), KeyHint(.back, "back", weight: 10),
      KeyHint(.help, "help", weight: 5, isTyping: true),
    ]
    return page
  }
}
