/// A page as documentation sites serve it to programs, taken apart: what stands around the guide, and the guide's lines.
///
/// Such a page has no front matter. At its top stand, in any order and each at most once, a line or a comment with its
/// own address, a quotation that names the site's index (`llms.txt`), the title as a heading of the first level, and a
/// quotation with a description. Blocks for programs (`ProgramBlocks`) may stand anywhere.
struct PublishedPage {
  private(set) var title: String?
  private(set) var publication = Publication()
  /// The guide's lines, with their numbers in the file. A description stands in front of them as a paragraph.
  private(set) var body: [SourceLine]

  private var lines: [SourceLine]
  private var index = 0

  /// - Parameter hasFrontMatter: whether the lines come behind front matter, which is the source's form: its first
  ///   heading is no title then.
  init(_ lines: [SourceLine], hasFrontMatter: Bool) {
    let blocks = ProgramBlocks(lines)
    publication.programTexts = blocks.texts
    self.lines = blocks.rest
    body = blocks.rest
    guard !hasFrontMatter else { return }
    var description: [SourceLine] = []
    while index < self.lines.count, readPiece(&description) {}
    let isGuide = title != nil || !publication.isEmpty
    if isGuide { body = description + Array(self.lines[index...]) }
  }

  /// Reads one piece of the page's top. False where the guide begins.
  private mutating func readPiece(_ description: inout [SourceLine]) -> Bool {
    let line = lines[index]
    if line.isBlank {
      index += 1
    } else if let source = PageSource.address(in: line) {
      publication.source = publication.source ?? source
      index += 1
    } else if line.isQuote {
      let quote = quotation()
      if publication.index == nil, let address = PageBanner.index(in: quote) {
        publication.index = address
      } else if title != nil, !publication.isEmpty, description.isEmpty {
        description = quote + [SourceLine([], number: line.number)]
      } else {
        return false
      }
      index += quote.count
    } else if title == nil, let title = Self.title(line) {
      self.title = title
      index += 1
    } else {
      return false
    }
    return true
  }

  /// The lines of the quotation that begins here, without their marks.
  private func quotation() -> [SourceLine] {
    lines[index...].prefix(while: \.isQuote).map { line in
      SourceLine(line.content.dropFirst(), number: line.number)
    }
  }

  /// A heading of the first level that is no part of a guide.
  private static func title(_ line: SourceLine) -> String? {
    guard line.headingLevel == 1 else { return nil }
    let text = line.content.drop { $0 == UInt8(ascii: "#") }.trimmed.string
    guard !text.isEmpty, HeadingText.kind(of: text) == .other else { return nil }
    return text
  }
}

/// The line in which a page says where it stands: `# Source: ADDRESS`, alone or in a comment.
private enum PageSource {
  static func address(in line: SourceLine) -> String? {
    var text = line.content.string[...]
    for (open, close) in [("<!--", "-->"), ("{/*", "*/}")] where text.hasPrefix(open) {
      guard text.hasSuffix(close) else { return nil }
      text = text.dropFirst(open.count).dropLast(close.count)
    }
    text = text.drop { $0 == "#" || $0 == " " }
    guard text.lowercased().hasPrefix("source:") else { return nil }
    let rest = text.dropFirst("source:".count)
    guard let address = PageBanner.firstAddress(in: rest),
      rest.allSatisfy({ !$0.isNewline }), rest.split(separator: " ").count == 1
    else { return nil }
    return address
  }
}

/// The quotation that tells programs of the site's index.
private enum PageBanner {
  /// The index's address; nil for any other quotation.
  static func index(in quote: [SourceLine]) -> String? {
    let text = quote.map(\.content.string).joined(separator: " ")
    guard text.lowercased().contains("documentation index") else { return nil }
    return firstAddress(in: text[...])
  }

  /// The first web address, without the punctuation of the sentence around it.
  static func firstAddress(in text: Substring) -> String? {
    for scheme in ["https://", "http://"] {
      guard let start = text.firstRange(of: scheme) else { continue }
      var rest = text[start.upperBound...].prefix {
        !$0.isWhitespace && !"<>()[]\"'`".contains($0)
      }
      while let last = rest.last, ".,;:!?".contains(last) { rest = rest.dropLast() }
      if !rest.isEmpty { return scheme + rest }
    }
    return nil
  }
}
