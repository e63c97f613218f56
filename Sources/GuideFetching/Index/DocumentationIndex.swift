internal import Basics
internal import GuideText

/// A documentation site's index for programs, `llms.txt`: Markdown with a heading, sections, and a list of links to the
/// site's pages, nested ones among them (llmstxt.org). Only its links are read; its words lead nowhere.
package struct DocumentationIndex: Equatable, Sendable {
  /// A page that the index lists.
  package struct Entry: Equatable, Sendable {
    /// As the index calls the page; cleaned of nothing, so it is a text for the sanitizer.
    package let title: String
    /// As written: absolute, or relative to the index.
    package let address: String
  }

  /// The largest index that is read, in bytes: one of 100,000 pages has 10 MB.
  package static let sizeLimit = 16 * 1024 * 1024

  /// The site's name, out of the first heading; nil when there is none.
  package private(set) var title: String?
  /// In written order, each address once.
  package private(set) var entries: [Entry] = []

  /// Reads an index. Never fails: what is no link is passed over.
  package init(_ bytes: [UInt8]) {
    var known: Set<String> = []
    for line in SourceText(bytes).lines {
      let text = line.trimmed
      if title == nil, text.starts(with: "# ".utf8) {
        title = text.dropFirst(2).trimmed.string
      } else if let entry = Self.entry(text), known.insert(entry.address).inserted {
        entries.append(entry)
      }
    }
  }

  /// `- [Title](address): description`, with any of the three list marks.
  private static func entry(_ line: ArraySlice<UInt8>) -> Entry? {
    guard let mark = line.first, "-*+".utf8.contains(mark) else { return nil }
    let text = line.dropFirst().trimmed
    guard text.first == UInt8(ascii: "["), let end = closing(text) else { return nil }
    let target = text[(end + 1)...]
    guard target.first == UInt8(ascii: "("), let close = target.firstIndex(of: UInt8(ascii: ")"))
    else { return nil }
    var address = target[(target.startIndex + 1)..<close].trimmed
    // A title may stand behind the address, and the address between angle brackets.
    address = address.prefix { $0 != 0x20 && $0 != 0x09 }
    if address.first == UInt8(ascii: "<"), address.last == UInt8(ascii: ">") {
      address = address.dropFirst().dropLast()
    }
    guard !address.isEmpty else { return nil }
    return Entry(
      title: unescaped(text[(text.startIndex + 1)..<end]), address: address.string)
  }

  /// Where the bracket closes that opens the text; brackets may stand inside.
  private static func closing(_ text: ArraySlice<UInt8>) -> Int? {
    var depth = 0
    var index = text.startIndex
    while index < text.endIndex {
      switch text[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func unescaped(_ text: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in text {
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      if !isEscaped { bytes.append(byte) }
    }
    return bytes[...].string
  }
}
