internal import Basics
internal import Secrets

/// PEM blocks (RFC 7468) in a text that has other things too: the attributes that OpenSSL prints above a key, words of a
/// mail, a certificate beside the key.
enum KeyBlocks {
  /// Where a block lies, and what its label says.
  struct Block {
    let range: Range<Int>
    let label: String
  }

  /// Blocks of several kinds, those of one kind together: a certificate and its key. Nil when there is one kind only.
  static func read(_ text: RawSpan) -> Snippet? {
    let blocks = all(in: text)
    let labels = blocks.map(\.label)
    guard Set(labels).count > 1 else { return nil }
    var snippet = Snippet(.keyFile)
    for (index, label) in labels.enumerated() where labels.firstIndex(of: label) == index {
      snippet.add(
        Snippet.Item(label, .block), joined(blocks.filter { $0.label == label }, of: text))
    }
    return snippet
  }

  /// Whether the text holds a block.
  static func isBlock(_ text: RawSpan) -> Bool { !all(in: text).isEmpty }

  /// The blocks alone; nil when nothing stands around them.
  static func withoutSurroundings(_ text: RawSpan) -> SecretBuffer? {
    let blocks = all(in: text)
    guard let first = blocks.first, let last = blocks.last else { return nil }
    var isBare = Blanks.trimmed(text, 0..<first.range.lowerBound).isEmpty
    isBare = isBare && Blanks.trimmed(text, last.range.upperBound..<text.byteCount).isEmpty
    for (block, next) in zip(blocks, blocks.dropFirst()) {
      isBare =
        isBare && Blanks.trimmed(text, block.range.upperBound..<next.range.lowerBound).isEmpty
    }
    return isBare ? nil : joined(blocks, of: text)
  }

  private static func joined(_ blocks: [Block], of text: RawSpan) -> SecretBuffer {
    var whole = SecretBuffer(capacity: text.byteCount + 1)
    for block in blocks {
      if !whole.isEmpty { whole.append(0x0A) }
      whole.append(text.extracting(block.range))
    }
    return whole
  }

  private static func all(in text: RawSpan) -> [Block] {
    let opening = "-----BEGIN "
    var blocks: [Block] = []
    var offset = 0
    while let start = text.firstOffset(of: opening.utf8, from: offset) {
      let labelStart = start + opening.utf8.count
      guard let labelEnd = text.firstOffset(of: "-----".utf8, from: labelStart),
        labelEnd - labelStart <= 64
      else { break }
      let label = text.shownText(labelStart..<labelEnd)
      let closing = "-----END \(label)-----"
      guard let end = text.firstOffset(of: closing.utf8, from: labelEnd) else { break }
      offset = end + closing.utf8.count
      blocks.append(Block(range: start..<offset, label: label))
    }
    return blocks
  }
}
