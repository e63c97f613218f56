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
    blocks.walk { event in
      guard case .span(let span) = event else { return }
      if case .code(let language, let text) = span.content, countsCode {
        add(.code(text), name: language ?? "")
      }
      add(span.inlines)
    }
  }

  mutating func add(_ inlines: [Inline]) {
    inlines.forEachRun { run in
      switch run {
      case .linkBegins(let inner, let url): add(url, name: inner.plainText)
      case .figure(let figure): add(figure.source, name: figure.name)
      case .words, .address, .lineBreak, .linkEnds: break
      }
    }
  }

  /// Adds a value that can be copied.
  mutating func add(copyOf text: String, name: String) { add(.code(text), name: name) }

  private mutating func add(_ url: String, name: @autoclosure () -> String) {
    if let target = References.target(of: url) { add(target, name: name()) }
  }

  private mutating func add(_ target: Target, name: @autoclosure () -> String) {
    guard numbers[target] == nil else { return }
    all.append(Reference(target: target, name: name()))
    numbers[target] = all.count
  }

  private static let schemes: [String] = ["https://", "http://", "mailto:"]

  /// A path inside the provider's documentation leads nowhere from here.
  private static func target(of url: String) -> Target? {
    if url.hasPrefix("#") { return url.count > 1 ? .place(url) : nil }
    return schemes.contains { url.begins(withScheme: $0) } ? .address(url) : nil
  }
}

extension String {
  /// Whatever the case of its letters. Asked for every link of a guide with every key: by bytes.
  fileprivate func begins(withScheme scheme: String) -> Bool {
    utf8.count >= scheme.utf8.count
      && zip(utf8, scheme.utf8).allSatisfy { byte, wanted in
        byte == wanted || (wanted >= UInt8(ascii: "a") && byte | 0x20 == wanted)
      }
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
    if let webPage { references.add([.link([.text(webPage.name)], url: webPage.url)]) }
    return references
  }
}
