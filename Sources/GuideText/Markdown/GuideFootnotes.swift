internal import Basics

/// The footnotes of a guide, handed out to the parts that refer to them.
struct GuideFootnotes {
  /// By number, less one.
  private var notes: [(blocks: [Block], references: [Int])] = []
  /// Numbers that the current part refers to, in order.
  private var wanted: [Int] = []

  init(_ elements: [BlockBuilder.Element]) {
    for case .footnote(let blocks, let references) in elements {
      notes.append((blocks, references))
    }
  }

  /// Something in the current part refers to these.
  mutating func record(_ numbers: [Int]) {
    for number in numbers where notes.indices.contains(number - 1) && !wanted.contains(number) {
      wanted.append(number)
      record(notes[number - 1].references)
    }
  }

  /// The notes of the part that ends here, each with its number in front.
  mutating func take() -> [Block] {
    defer { wanted = [] }
    return wanted.flatMap { number -> [Block] in
      let label = Inline.text("Note \(number): ")
      var blocks = notes[number - 1].blocks
      if case .paragraph(let inlines)? = blocks.first {
        blocks[0] = .paragraph(InlineNormalizer.merged([label] + inlines))
      } else {
        blocks.insert(.paragraph([.text("Note \(number):")]), at: 0)
      }
      return blocks
    }
  }
}
