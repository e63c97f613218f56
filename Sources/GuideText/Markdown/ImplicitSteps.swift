/// What begins a step in a guide that has no `Step N` heading: the headings directly below `Instructions`; when nothing
/// stands below it, paragraphs that begin with `**Step N: …**`, else that heading itself; and all unknown headings when
/// there is no such heading either, except the guide's title. Notes and the like are never steps.
struct ImplicitSteps {
  private var indices: Set<Int> = []
  /// By the index of the paragraph.
  private var bold: [Int: Step] = [:]

  var isUsed: Bool { !indices.isEmpty || !bold.isEmpty }

  func contains(_ index: Int) -> Bool { indices.contains(index) }

  /// The step that a paragraph begins with its bold words.
  func boldStep(_ index: Int) -> Step? { bold[index] }

  private struct Heading {
    let index: Int
    let level: Int
    let kind: HeadingText.Kind
    let isAside: Bool
  }

  init(_ elements: [BlockBuilder.Element]) {
    var headings: [Heading] = []
    for (index, element) in elements.enumerated() {
      guard case .heading(let level, let inlines, _) = element else { continue }
      let text = inlines.singleLine
      headings.append(
        Heading(
          index: index, level: level, kind: HeadingText.kind(of: text),
          isAside: HeadingText.isAside(text)))
    }
    let hasSteps = headings.contains { if case .step = $0.kind { true } else { false } }
    guard !hasSteps else { return }
    guard let start = headings.firstIndex(where: { $0.kind == .instructions }) else {
      indices = Self.steps(among: Self.withoutTitle(headings))
      if indices.isEmpty { bold = Self.boldSteps(elements) }
      return
    }
    let parent = headings[start].level
    let below = headings[(start + 1)...].prefix { $0.level > parent }
    if let level = below.map(\.level).min() {
      indices = Self.steps(among: below.filter { $0.level == level })
      if !indices.isEmpty { return }
    }
    bold = Self.boldSteps(elements)
    if bold.isEmpty { indices = [headings[start].index] }
  }

  private static func steps(among headings: [Heading]) -> Set<Int> {
    Set(headings.filter { $0.kind == .other && !$0.isAside }.map(\.index))
  }

  /// Without a first heading that stands above all others: it names the whole.
  private static func withoutTitle(_ headings: [Heading]) -> [Heading] {
    guard let first = headings.first, headings.count > 1,
      headings.dropFirst().allSatisfy({ $0.level > first.level })
    else { return headings }
    return Array(headings.dropFirst())
  }

  private static func boldSteps(_ elements: [BlockBuilder.Element]) -> [Int: Step] {
    var steps: [Int: Step] = [:]
    for (index, element) in elements.enumerated() {
      if case .block(.paragraph(let inlines)) = element { steps[index] = boldStep(inlines) }
    }
    return steps
  }

  /// `**Step 2: Copy the key** It is shown once.` is a step with a paragraph, and so is `**Step 2:** Copy the key.`,
  /// whose sentence has to do without a title.
  private static func boldStep(_ inlines: [Inline]) -> Step? {
    guard case .strong(let words)? = inlines.first,
      case .step(let number, let title) = HeadingText.kind(of: words.singleLine)
    else { return nil }
    let rest = InlineNormalizer.trimmed(withoutMark(Array(inlines.dropFirst())))
    return Step(
      heading: words.singleLine, number: number, title: title, level: 6,
      anchors: [HeadingText.slug(words.singleLine)], blocks: rest.isEmpty ? [] : [.paragraph(rest)])
  }

  /// Without the colon that separates the bold words from the sentence behind them.
  private static func withoutMark(_ inlines: [Inline]) -> [Inline] {
    guard case .text(let text)? = inlines.first, text.first == ":" else { return inlines }
    return [.text(String(text.dropFirst()))] + inlines.dropFirst()
  }
}
