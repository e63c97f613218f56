internal import Guides

/// What a page points to, numbered from 1 in the order in which it appears: addresses, places of the guide, and code and
/// values to copy. The same thing has one number, however often it appears.
/// One thing that is pointed to.
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

  package struct Reference: Equatable, Sendable {
    package var target: Target
    /// What the guide calls it; of code the language. May be empty.
    package var name: String
  }

  package private(set) var all: [Reference] = []
  private var numbers: [Target: Int] = [:]
  /// Code has numbers only where a number can be entered.
  private let countsCode: Bool

  init(_ items: [Page.Item], countingCode countsCode: Bool = true) {
    self.countsCode = countsCode
    for item in items {
      if case .guide(let blocks) = item { add(blocks) }
    }
  }

  package var count: Int { all.count }

  /// What has a number, or nil.
  package subscript(number: Int) -> Reference? {
    all.indices.contains(number - 1) ? all[number - 1] : nil
  }

  /// The number of an address or a fragment; nil when it leads nowhere from here.
  package func number(of url: String) -> Int? {
    References.target(of: url).flatMap { numbers[$0] }
  }

  /// The number of a block of code, as it was written; nil where code has none.
  package func number(ofCode text: String) -> Int? { numbers[.code(text)] }

  private mutating func add(_ blocks: [Block]) {
    for block in blocks {
      switch block {
      case .paragraph(let inlines), .heading(_, let inlines): add(inlines)
      case .list(let items): for item in items { add(item.blocks) }
      case .table(let table): for cell in table.header + table.rows.joined() { add(cell) }
      case .callout(_, let inner), .quote(let inner): add(inner)
      case .figure(let figure): add(figure.source, name: figure.name)
      case .code(let language, let text):
        if countsCode { add(.code(text), name: language ?? "") }
      case .rule: break
      }
    }
  }

  mutating func add(_ inlines: [Inline]) {
    for inline in inlines {
      switch inline {
      case .link(let inner, let url):
        add(url, name: inner.plainText)
        add(inner)
      case .figure(let figure): add(figure.source, name: figure.name)
      case .strong(let inner), .emphasis(let inner): add(inner)
      case .text, .code, .lineBreak: break
      }
    }
  }

  /// Adds a value that can be copied.
  mutating func add(copyOf text: String, name: String) { add(.code(text), name: name) }

  private mutating func add(_ url: String, name: String) {
    if let target = References.target(of: url) { add(target, name: name) }
  }

  private mutating func add(_ target: Target, name: String) {
    guard numbers[target] == nil else { return }
    all.append(Reference(target: target, name: name))
    numbers[target] = all.count
  }

  /// A path inside the provider's documentation leads nowhere from here.
  private static func target(of url: String) -> Target? {
    if url.hasPrefix("#") { return url.count > 1 ? .place(url) : nil }
    let schemes = ["https://", "http://", "mailto:"]
    let start = url.prefix(8).lowercased()
    return schemes.contains { start.hasPrefix($0) } ? .address(url) : nil
  }
}

extension Page {
  /// The guide's first, then values to copy, so that their numbers stay while the focus moves from field to field.
  package var references: References {
    var references = References(items)
    for field in fields {
      if let text = field.copies { references.add(copyOf: text, name: field.label) }
    }
    if let help = fields.first(where: \.isFocused)?.help {
      references.add(LinkedText.inlines(help))
    }
    return references
  }
}
