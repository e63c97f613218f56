internal import Secrets

/// A paste on its way into a field: its text, and what it has been mended of so far.
struct PasteNormalizer: ~Copyable {
  private var text: SecretBuffer
  private(set) var repairs: [Repair] = []

  init(_ pasted: RawSpan) { text = SecretBuffer(copying: pasted) }

  var isEmpty: Bool { text.isEmpty }
  /// In bytes.
  var count: Int { text.count }

  borrowing func withBytes<Result>(_ body: (RawSpan) -> Result) -> Result { text.withBytes(body) }

  /// Applies every repair that fits, one after the other, until none does. Each one makes the text shorter, takes
  /// a kind of line end away or makes a key whole, so this ends; the limit only guards against a mistake in that reasoning.
  mutating func run(in context: RepairContext) {
    for _ in 0..<16 {
      guard applyNext(in: context) else { return }
    }
  }

  private mutating func applyNext(in context: RepairContext) -> Bool {
    for family in RepairPass.allCases {
      let mended = text.withBytes { before -> NormalizedText? in
        guard let mended = family.normalize(before, in: context) else { return nil }
        let isSpoiled = mended.text.withBytes { context.spoils(before, $0) }
        if isSpoiled { return nil }
        return mended
      }
      guard let mended else { continue }
      if !repairs.contains(mended.repair) { repairs.append(mended.repair) }
      text = mended.text
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
  case pasteMarks, blanks, curl, assignment, lineEnds, quotes, bearer, decoration
  case address, braces, keyLines

  func normalize(_ text: RawSpan, in context: RepairContext) -> NormalizedText? {
    switch self {
    case .pasteMarks: PasteMarks.normalize(text)
    case .blanks: Blanks.normalize(text)
    case .curl: Curl.normalize(text, in: context)
    case .assignment: Assignment.normalize(text, in: context)
    case .lineEnds: LineEnds.normalize(text, in: context)
    case .quotes: Quotes.normalize(text)
    case .bearer: HeaderWords.normalize(text, in: context)
    case .decoration: Decoration.normalize(text, in: context)
    case .address: AddressParts.normalize(text, in: context)
    case .braces: Braces.normalize(text, in: context)
    case .keyLines: KeyLines.normalize(text, in: context)
    }
  }
}
