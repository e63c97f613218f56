internal import Basics
internal import Secrets

/// A paste on its way into a field: its text, and what it has been mended of so far.
struct PasteNormalizer: ~Copyable {
  private var text: SecretBuffer
  private(set) var repairs: [Repair] = []
  /// What the text holds where it is more than one value; nothing was mended then, and nothing of it may be used before
  /// somebody chose.
  private(set) var found: Snippet?

  init(_ pasted: RawSpan) { text = SecretBuffer(copying: pasted) }

  var isEmpty: Bool { text.isEmpty }
  /// In bytes.
  var count: Int { text.count }

  borrowing func withBytes<Result: ~Copyable>(_ body: (RawSpan) -> Result) -> Result {
    text.withBytes(body)
  }

  mutating func takeFound() -> Snippet? { found.take() }

  /// Applies every repair that fits, one after the other, until none does. Each one makes the text shorter, takes
  /// a kind of line end away or makes a key whole, so this ends; the limit only guards against a mistake in that reasoning.
  ///
  /// - Parameter others: every field of the form, where somebody can choose between several values.
  mutating func run(in context: RepairContext, among others: [RepairContext] = []) {
    for _ in 0..<16 {
      guard applyNext(of: RepairPass.surroundings, in: context) else { break }
    }
    if !others.isEmpty {
      found = text.withBytes { SeveralValues.find(in: $0, for: context, among: others) }
      if found != nil { return }
    }
    for _ in 0..<16 {
      guard applyNext(of: RepairPass.allCases, in: context) else { return }
    }
  }

  private mutating func applyNext(of families: [RepairPass], in context: RepairContext) -> Bool {
    for family in families {
      let normalized = text.withBytes { before -> NormalizedText? in
        guard let normalized = family.normalize(before, in: context) else { return nil }
        let isSpoiled = normalized.text.withBytes { context.spoils(before, $0) }
        if isSpoiled { return nil }
        return normalized
      }
      guard let normalized else { continue }
      if !repairs.contains(normalized.repair) { repairs.append(normalized.repair) }
      text = normalized.text
      return true
    }
    return false
  }
}

/// A text after one repair.
struct NormalizedText: ~Copyable {
  let text: SecretBuffer
  let repair: Repair

  init(_ text: consuming SecretBuffer, _ repair: Repair) {
    self.text = text
    self.repair = repair
  }

  /// The part of a text that remains.
  init(_ text: RawSpan, _ range: Range<Int>, _ repair: Repair) {
    self.init(SecretBuffer(copying: text.extracting(range)), repair)
  }
}

/// The repairs, in the order in which they are tried.
enum RepairPass: CaseIterable {
  case pasteMarks, blanks, codeBlock, bearer, snippet, keyBlock, lineEnds, quotes, braces, markup,
    punctuation, decoration, address, keyLines

  /// What comes along with any text, be it one value or several.
  static let surroundings: [RepairPass] = [.pasteMarks, .blanks, .codeBlock]

  func normalize(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    switch self {
    case .pasteMarks: PasteMarks.normalize(text)
    case .blanks: Blanks.normalize(text)
    case .codeBlock: Markup.codeBlock(text)
    case .keyBlock: context.isMultiline ? keyBlock(text) : nil
    case .snippet: SnippetValue.normalize(text, in: context)
    case .lineEnds: LineEnds.normalize(text, in: context)
    case .quotes: Quotes.normalize(text)
    case .bearer: HeaderWords.normalize(text, in: context)
    case .markup: Markup.around(text, in: context)
    case .punctuation: Markup.punctuation(text, in: context)
    case .decoration: Decoration.normalize(text, in: context)
    case .address: AddressParts.normalize(text, in: context)
    case .braces: Braces.normalize(text, in: context)
    case .keyLines: KeyLines.normalize(text, in: context)
    }
  }

  private func keyBlock(_ text: RawSpan) -> NormalizedText? {
    guard text.contains(where: \.isLineEnd), KeyBlocks.read(text) == nil,
      let bare = KeyBlocks.withoutSurroundings(text)
    else {
      return nil
    }
    return NormalizedText(bare, .surroundings)
  }
}
