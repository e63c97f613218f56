internal import Catalogues
internal import Connections
internal import Drafts
internal import GuideText
internal import Requests
internal import Secrets

/// Which account? Searches as one types.
struct PickScreen: ChoosingScreen {
  /// A page says this many rows before the selected one and after it, in blocks, so that its columns stand still while
  /// the selection moves. More than any window shows; the others are only counted.
  private static let block = 128

  private let index: any ProviderSearching
  private let linked: [ConnectionIndexEntry]
  private let count: Int
  private var query = TextEntry()
  private var found: SearchResults
  private var choice = Choice()
  private var notice: Notice?
  /// Why a provider may be missing; nil where all could be read.
  private let gap: String?

  init(_ index: any ProviderSearching, linked: [ConnectionIndexEntry]) {
    self.index = index
    self.linked = linked
    found = index.search("")
    count = found.count
    gap = index.unread?.sentences
    notice = gap.map { Notice(.warning, $0) }
  }

  var isTyping: Bool { true }

  mutating func handle(_ input: Input) -> Request {
    notice = nil
    switch input {
    case .edit(let edit):
      query.apply(edit)
      if let secret = query.secret { look(forOwnerOf: secret) } else { search() }
      return .stay
    case .command(.activate):
      return choose()
    case .command(.scroll(let scroll)) where !found.isEmpty:
      page(by: scroll)
      return .stay
    case .command(let command):
      return choice.move(command, count: found.count) ? .stay : command.commonRequest
    }
  }

  /// A paste, or a line of plain mode, which is a whole search.
  mutating func receive(_ text: borrowing SecretBuffer, _ origin: TextOrigin) -> Request {
    notice = nil
    if case .line = origin { query.replace(with: "") }
    if let secret = text.withBytes({ SecretShape.of($0) }) {
      look(forOwnerOf: secret)
      return .stay
    }
    if !query.paste(text) {
      notice = Notice(
        .warning, "That is too long for a search and was not used. Keys are asked for later.")
    }
    search()
    return .stay
  }

  mutating func select(_ control: NumberedControl) {
    if case .row(let number) = control { choice.select(number, count: found.count) }
  }

  mutating func report(_ notice: Notice) { self.notice = notice }

  func page() -> Page {
    var page = Page(
      header: .init(position: position),
      title: "Which account do you want to link?")
    var search = FieldView(label: "Search", input: query.input)
    search.isFocused = true
    search.placeholder = "name, domain or category"
    page.fields = [search]
    page.fieldsComeFirst = true
    page.items = [items]
    page.rowsBeyond = .init(above: rows.lowerBound, below: found.count - rows.upperBound)
    page.notice = notice
    page.keys = [
      KeyHint(.back, "leave", weight: 10), KeyHint(.help, "help", weight: 5, isTyping: true),
    ]
    if !found.isEmpty {
      page.keys.insert(
        contentsOf: [
          KeyHint(.activate, "choose", weight: 9),
          KeyHint(.move(.up), .move(.down), "move", weight: 8),
        ],
        at: 0)
    }
    return page
  }

  private var items: Page.Item {
    if found.isEmpty {
      let words = query.secret == nil ? "“\(query.text)”" : "that"
      return .status(
        Notice(
          gap == nil ? .note : .warning,
          "No provider matches \(words). " + (gap ?? "Guides of your own come in with --guides.")))
    }
    return .list(
      rows.map { index in
        let entry = found[index]
        var row = Page.Row(
          entry.displayName, detail: entry.domain ?? entry.slug, notice: mark(entry),
          isSelected: index == choice.index)
        row.isBrief = true
        return row
      })
  }

  /// `981 providers`, or how many of them fit.
  private var position: String {
    query.scalars.isEmpty ? Sentences.count(count, "provider") : "\(found.count) of \(count)"
  }

  /// The rows that the page says.
  private var rows: Range<Int> {
    let block = choice.index / PickScreen.block
    let start = max(0, (block - 1) * PickScreen.block)
    return start..<min(found.count, (block + 2) * PickScreen.block)
  }

  /// Says under which names the provider is linked.
  private func mark(_ entry: CatalogueEntry) -> Notice? {
    let names = linked.filter { $0.name.provider == entry.slug }.map(\.name.name)
    switch names.count {
    case 0:
      return entry.canBeLinked ? nil : Notice(.note, "not from here")
    case 1 where names == [ConnectionName.defaultName]: return Notice(.done, "linked")
    case 1: return Notice(.done, "linked as \(names[0])")
    default: return Notice(.done, "linked \(names.count) times")
    }
  }

  private mutating func choose() -> Request {
    guard !found.isEmpty else { return .stay }
    return .choose(found[choice.index].slug)
  }

  private mutating func search() {
    let selected = found.isEmpty ? nil : found[choice.index].slug
    found = index.search(query.text)
    // The first match is the best one, unless nothing was searched for yet.
    let kept = query.scalars.isEmpty ? selected.flatMap(found.index) : nil
    choice = Choice(kept ?? 0)
  }

  /// A key that was pasted or typed where an account is searched finds the accounts of its service. It is not kept.
  private mutating func look(forOwnerOf secret: SecretShape) {
    let owners = secret.service.map { index.search($0) }
    guard let service = secret.service, let owners, !owners.isEmpty else {
      notice = Notice(
        .warning,
        "That looks like a secret and was not searched for. Choose the account first; its value is asked for then."
      )
      return
    }
    found = owners
    choice = Choice()
    notice = Notice(
      .warning,
      "This looks like a key of \(service) and is not kept here. Enter links \(owners[0].displayName); "
        + "the key is asked for then.")
  }

  private mutating func page(by scroll: Command.Scroll) {
    let target =
      switch scroll {
      case .up: choice.index - 1
      case .down: choice.index + 1
      case .pageUp: choice.index - 10
      case .pageDown: choice.index + 10
      case .top: 0
      case .bottom: found.count - 1
      case .left, .right: choice.index
      }
    choice = Choice(min(max(target, 0), found.count - 1))
  }
}

extension UnreadGuides {
  /// What could not be read, why, and the command that says all of it.
  fileprivate var sentences: String {
    let file =
      finding.file.hasPrefix(folder + "/")
      ? String(finding.file.dropFirst(folder.count + 1)) : finding.file
    let place = finding.line > 0 ? "\(file), line \(finding.line)," : file
    let more = others == 0 ? "" : "There is more in that folder. "
    // What is to be typed does not end the sentence: a full stop would be read as part of the path.
    return "\(place) could not be read: \(finding.message). "
      + "\(more)usher guides check \(folder) says more."
  }
}
