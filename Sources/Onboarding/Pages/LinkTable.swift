internal import Guides

/// The addresses that a page mentions, numbered from 1 in the order in which they appear. The same address has one
/// number, however often it appears.
package struct LinkTable: Equatable, Sendable {
  package struct Link: Equatable, Sendable {
    package var url: String
    /// What the guide calls it.
    package var name: String
  }

  package private(set) var links: [Link] = []

  package init(_ items: [Page.Item]) {
    for item in items {
      if case .guide(let blocks) = item { add(blocks) }
    }
  }

  package var count: Int { links.count }

  /// The link with a number, or nil.
  package subscript(number: Int) -> Link? {
    links.indices.contains(number - 1) ? links[number - 1] : nil
  }

  /// The number of an address, or nil when it is not one that leads out of the page.
  package func number(of url: String) -> Int? {
    links.firstIndex { $0.url == url }.map { $0 + 1 }
  }

  private mutating func add(_ blocks: [Block]) {
    for block in blocks {
      switch block {
      case .paragraph(let inlines), .heading(_, let inlines): add(inlines)
      case .list(let items): for item in items { add(item.blocks) }
      case .table(let table): for cell in table.header + table.rows.joined() { add(cell) }
      case .callout(_, let inner), .quote(let inner): add(inner)
      case .figure(let figure): add(figure.source, name: figure.name)
      case .code, .rule: break
      }
    }
  }

  private mutating func add(_ inlines: [Inline]) {
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

  /// Only whole web and mail addresses: a path inside the provider's documentation leads nowhere from here.
  private mutating func add(_ url: String, name: String) {
    let schemes = ["https://", "http://", "mailto:"]
    guard schemes.contains(where: { url.lowercased().hasPrefix($0) }) else { return }
    guard number(of: url) == nil else { return }
    links.append(Link(url: url, name: name))
  }
}

extension Page {
  package var links: LinkTable { LinkTable(items) }
}
