internal import GuideText

/// What a page points to, numbered from 1 in the order in which it appears: addresses, places of the guide, and code and
/// values to copy. The same thing has one number, however often it appears.
package struct References: Equatable, Sendable {
  /// What a number leads to.
  package enum Target: Hashable, Sendable {
    /// A whole web or mail address.
    case address(String)
    /// A fragment like `#step-2`: another place of the same guide.
    case place(String)
    /// A code block, as it was written.
    case code(String)
  }

  /// One thing that is pointed to.
  package struct Reference: Equatable, Sendable {
    /// Equal targets are one reference, whatever they are called.
    package var target: Target
    /// What the guide calls it; of code the language. May be empty.
    package var name: String
  }

  /// What the items point to. Never changed, and so not copied: a page adds a few to hundreds with every key.
  private let items: NumberedReferences
  /// What was added.
  private var added = NumberedReferences()

  init(_ items: [Page.Item], countingCode countsCode: Bool = true) {
    var numbered = NumberedReferences()
    for item in items {
      if case .guide(let blocks) = item { numbered.add(blocks, countingCode: countsCode) }
    }
    self.items = numbered
  }

  /// Number 1 is the first.
  package var all: [Reference] { items.all + added.all }

  /// The highest number that can be entered.
  package var count: Int { items.all.count + added.all.count }

  /// What has a number, or nil.
  package subscript(number: Int) -> Reference? {
    guard number >= 1, number <= count else { return nil }
    let index = number - 1
    return index < items.all.count ? items.all[index] : added.all[index - items.all.count]
  }

  /// The number of an address or a fragment; nil when it leads nowhere from here.
  package func number(of url: String) -> Int? {
    References.target(of: url).flatMap { number(of: $0) }
  }

  /// The number of a block of code, as it was written; nil where code has none.
  package func number(ofCode text: String) -> Int? { number(of: .code(text)) }

  private func number(of target: Target) -> Int? {
    items.numbers[target] ?? added.numbers[target].map { items.all.count + $0 }
  }

  /// Adds what a text points to.
  mutating func add(_ inlines: [Inline]) {
    inlines.forEachLink { target, name in
      if items.numbers[target] == nil { added.add(target, name: name()) }
    }
  }

  /// Adds a value that can be copied.
  mutating func add(copyOf text: String, name: String) {
    if items.numbers[.code(text)] == nil { added.add(.code(text), name: name) }
  }

  private static let schemes: [String] = ["https://", "http://", "mailto:"]

  /// A path inside the provider's documentation leads nowhere from here.
  fileprivate static func target(of url: String) -> Target? {
    if url.hasPrefix("#") { return url.count > 1 ? .place(url) : nil }
    return schemes.contains { url.begins(withScheme: $0) } ? .address(url) : nil
  }
}

/// Things that are pointed to, each once, in the order in which they came.
private struct NumberedReferences: Equatable, Sendable {
  private(set) var all: [References.Reference] = []
  private(set) var numbers: [References.Target: Int] = [:]

  mutating func add(_ blocks: [Block], countingCode countsCode: Bool) {
    blocks.walk { event in
      guard case .span(let span) = event else { return }
      if case .code(let language, let text) = span.content, countsCode {
        add(.code(text), name: language ?? "")
      }
      span.inlines.forEachLink { add($0, name: $1()) }
    }
  }

  mutating func add(_ target: References.Target, name: @autoclosure () -> String) {
    guard numbers[target] == nil else { return }
    all.append(References.Reference(target: target, name: name()))
    numbers[target] = all.count
  }
}

extension [Inline] {
  /// Visits what the text points to, as far as that leads somewhere, with what it is called.
  fileprivate func forEachLink(_ visit: (References.Target, () -> String) -> Void) {
    forEachRun { run in
      switch run {
      case .linkBegins(let inner, let url):
        if let target = References.target(of: url) { visit(target) { inner.plainText } }
      case .figure(let figure):
        if let target = References.target(of: figure.source) { visit(target) { figure.name } }
      case .words, .address, .lineBreak, .linkEnds: break
      }
    }
  }
}

extension String {
  /// Whatever the case of its letters.
  fileprivate func begins(withScheme scheme: String) -> Bool {
    utf8.count >= scheme.utf8.count
      && zip(utf8, scheme.utf8).allSatisfy { byte, wanted in
        byte == wanted || (wanted >= UInt8(ascii: "a") && byte | 0x20 == wanted)
      }
  }
}

extension Page {
  /// Whether it points to anything: known of most pages by the guide alone.
  var hasReferences: Bool { guideReferences.map { $0.count > 0 } == true || references.count > 0 }

  /// The guide's first, then values to copy, so that their numbers stay while the focus moves from field to field.
  package var references: References { ReferenceSource(self).references }
}

/// All that a page's references are found in.
struct ReferenceSource: Equatable {
  private let guide: References?
  /// Those that have to be looked through: none where the guide's references are known.
  private let items: [Page.Item]
  private let copies: [Copy]
  private let help: String
  private let webPage: Page.WebPage?

  private struct Copy: Equatable {
    let text: String
    let name: String
  }

  init(_ page: Page) {
    guide = page.guideReferences
    items = page.guideReferences == nil ? page.items : []
    copies = page.fields.compactMap { field in
      field.copies.map { Copy(text: $0, name: field.label) }
    }
    help = page.fields.first(where: \.isFocused)?.help ?? ""
    webPage = page.webPage
  }

  var references: References {
    var references = guide ?? References(items)
    for copy in copies { references.add(copyOf: copy.text, name: copy.name) }
    if !help.isEmpty { references.add(LinkedText.inlines(help)) }
    if let webPage { references.add([.link([.text(webPage.name)], url: webPage.url)]) }
    return references
  }
}
