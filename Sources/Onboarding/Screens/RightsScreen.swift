internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// What the application shall be allowed: ticked among what the provider is known to give, or typed.
struct RightsScreen: WizardScreen {
  /// In the order in which they are shown: what is asked for by itself stands first.
  private var names: [String]
  private var ticked: Scopes
  private var list = FilteredList()
  private var notice: Notice?
  /// Whether the next Enter means the selected row: plain mode has named it.
  private var isRowNamed = false

  init(_ visit: borrowing LinkSession) {
    ticked = visit.linking.scopes
    let known =
      visit.linking.scopeNames + AuthorizationRules(visit.provider).defaultScopes
      + (visit.linking.ask { $0.flow.server?.scopes.names ?? [] } ?? [])
    names = Scopes(ticked.names + known).names
  }

  var screen: Screen { .rights(self) }

  var isTyping: Bool { true }

  mutating func handle(_ input: Input, _ visit: inout LinkSession) -> Request {
    notice = nil
    switch input {
    // No right has a blank in its name.
    case .edit(.insert(" ")):
      if list.text.isEmpty { tick(rows) } else { addWord() }
      return .stay
    case .edit(let edit):
      list.apply(edit)
      return .stay
    case .command(.activate): return activate(&visit)
    case .command(let command):
      return list.move(command, count: rows.count) ? .stay : command.commonRequest
    }
  }

  mutating func receive(
    _ text: borrowing SecretBuffer, _ origin: TextOrigin, _ visit: inout LinkSession
  ) -> Request {
    notice = nil
    guard text.withBytes({ SecretShape.of($0) }) == nil else {
      notice = Notice(
        .failed, "That looks like a secret, and was not used. A right is a public name.")
      return .stay
    }
    let several = Scopes(text: text.withBytes { $0.byteCount <= 4096 ? $0.shownText : "" })
    if several.names.count > 1 {
      list.clear()
      let added = several.subtracting(ticked).names
      for name in added { set(name, true) }
      notice =
        added.isEmpty
        ? Notice(.note, "All of them are asked for already.")
        : Notice(.done, "\(Sentences.count(added.count, "right")) added.")
    } else if !list.receive(text, origin) {
      notice = Notice(.warning, "That is too long for the name of a right.")
    } else if case .line = origin {
      takeLine()
    }
    return .stay
  }

  /// A blank ends a word, and what is written is wanted: the row that was moved to, else the word as it stands.
  private mutating func addWord() {
    let isChosen = list.index > 0 && rows.indices.contains(list.index)
    let name = isChosen ? rows[list.index] : list.text
    set(name, true)
    if !isChosen { list.clear() }
    notice = Notice(.done, "“\(name)” is asked for.")
  }

  /// Whoever writes a whole name, or one that nobody knows, means that one.
  private mutating func takeLine() {
    let name = list.text
    guard !name.isEmpty, names.contains(name) || list.fitting(names).isEmpty else { return }
    set(name, true)
    list.clear()
    notice = Notice(.done, "“\(name)” is asked for.")
  }

  mutating func select(_ control: NumberedControl, _ visit: borrowing LinkSession) {
    guard case .row(let number) = control, rows.indices.contains(number) else { return }
    list.select(number, count: rows.count)
    isRowNamed = true
  }

  func page(_ visit: borrowing LinkSession) -> Page {
    var page = Page(
      header: visit.header(position: position, station: visit.rightsStation),
      title: "Which rights shall \(visit.provider.displayName) give?")
    page.fields = [
      list.field("Search", placeholder: "a right by its name, also one that is not listed")
    ]
    page.fieldsComeFirst = true
    page.goesOnWhenEmpty = true
    page.items = [items]
    page.notice = notice ?? warning(visit)
    page.keys = [
      KeyHint(.activate, list.text.isEmpty ? "go on" : "take it", weight: 9),
      KeyHint("Space", list.text.isEmpty ? "tick" : "add it", weight: 8),
      KeyHint(.move(.up), .move(.down), "move", weight: 7),
      KeyHint(.back, "back", weight: 10), KeyHint(.help, "help", weight: 5, isTyping: true),
    ]
    return page
  }

  // MARK: Rows

  /// Those that fit, and behind them what was typed where it is none of them.
  private var rows: [String] {
    let fitting = list.fitting(names)
    let typed = list.text
    return typed.isEmpty || names.contains(typed) ? fitting : fitting + [typed]
  }

  private var items: Page.Item {
    guard !rows.isEmpty else {
      return .status(Notice(.note, "Nothing is known of its rights. What is typed is asked for."))
    }
    return .list(
      rows.enumerated().map { index, name in
        let isKnown = names.contains(name)
        var row = Page.Row(
          name, detail: isKnown ? "" : "as it was typed",
          notice: isTicked(name) ? Notice(.done, "asked for") : nil,
          isSelected: index == list.index)
        row.isBrief = true
        return row
      })
  }

  private var position: String {
    let count = ticked.names.count
    return count == 0 ? "No right asked for" : "\(Sentences.count(count, "right")) asked for"
  }

  /// What the account cannot do later for want of a right.
  private func warning(_ visit: borrowing LinkSession) -> Notice? {
    let needed = Scopes(AuthorizationRules(visit.provider).renewalScopes).subtracting(ticked)
    guard !needed.isEmpty else { return nil }
    return Notice(
      .warning,
      "Without \(needed.joined(by: ", ")) the account may not renew itself, and has to be linked again whenever it "
        + "ends.")
  }

  private func isTicked(_ name: String) -> Bool { ticked.names.contains(name) }

  private mutating func set(_ name: String, _ isWanted: Bool) {
    if !names.contains(name) { names.insert(name, at: 0) }
    ticked = isWanted ? Scopes(ticked.names + [name]) : ticked.subtracting(Scopes([name]))
  }

  private mutating func tick(_ rows: [String]) {
    guard rows.indices.contains(list.index) else { return }
    let name = rows[list.index]
    set(name, !isTicked(name))
  }

  /// Whoever has searched means what was found; an empty search goes on.
  private mutating func activate(_ visit: inout LinkSession) -> Request {
    if isRowNamed {
      isRowNamed = false
      tick(rows)
      list.clear()
      return .stay
    }
    if !list.text.isEmpty, !list.cameAsLine {
      if rows.indices.contains(list.index) { set(rows[list.index], true) }
      list.clear()
      return .stay
    }
    visit.linking.scopes = ticked
    return .next
  }
}
