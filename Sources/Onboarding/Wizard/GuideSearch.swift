internal import Drafts
internal import GuideText
internal import Secrets

/// A search in the guide while it is on: what is typed, where it stands in all steps, and which of these places is
/// shown.
struct GuideSearch: Equatable {
  struct Match: Equatable {
    var stage: Int
    var excerpt: Excerpt
  }

  /// Where the search began. Esc leads back there.
  let origin: StepPlace
  private(set) var matches: [Match] = []
  private(set) var current: Int?
  private var entry = TextEntry()
  /// The passages of every step, in lower case.
  private let stages: [[[Character]]]

  init(in stages: [WizardStep], from origin: StepPlace) {
    self.origin = origin
    self.stages = stages.map { stage in
      stage.blocks.spans().map { $0.shown.map(GuideSearch.folded) }
    }
  }

  var query: String { entry.text }

  var match: Match? { current.map { matches[$0] } }

  mutating func apply(_ edit: Edit) {
    let before = entry.scalars
    entry.apply(edit)
    if entry.scalars != before { search() }
  }

  mutating func paste(_ pasted: borrowing SecretBuffer) {
    // A key is nothing to look for in a guide, and must not be shown.
    guard pasted.withBytes({ SecretShape.of($0) }) == nil else { return }
    if entry.paste(pasted) { search() }
  }

  mutating func look(for text: String) {
    entry.replace(with: text)
    search()
  }

  /// To the next place or the one before, around the ends.
  mutating func move(by offset: Int) {
    guard let current else { return }
    self.current = (current + offset + matches.count) % matches.count
  }

  /// To the first place in another step than the one where the search began, if there is one.
  mutating func leaveStep() {
    let here = origin.step.stage
    current =
      matches.firstIndex { $0.stage > here } ?? matches.firstIndex { $0.stage < here } ?? current
  }

  func found(in stage: Int) -> Found {
    var ranges: [Int: [Range<Int>]] = [:]
    for match in matches where match.stage == stage {
      ranges[match.excerpt.passage, default: []].append(match.excerpt.range)
    }
    return Found(ranges: ranges, here: match.flatMap { $0.stage == stage ? $0.excerpt : nil })
  }

  // MARK: Searching

  /// All places, and of them the first one from the step on in which the search began.
  private mutating func search() {
    let wanted = query.map(GuideSearch.folded)
    matches = []
    current = nil
    guard wanted.contains(where: { $0 != " " }) else { return }
    for (stage, passages) in stages.enumerated() {
      for (passage, text) in passages.enumerated() {
        matches += GuideSearch.ranges(of: wanted, in: text).map {
          Match(stage: stage, excerpt: Excerpt(passage: passage, range: $0))
        }
      }
    }
    guard !matches.isEmpty else { return }
    current = matches.firstIndex { $0.stage >= origin.step.stage } ?? 0
  }

  private static func ranges(of wanted: [Character], in text: [Character]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while start + wanted.count <= text.count {
      if text[start] == wanted[0], text[start..<start + wanted.count].elementsEqual(wanted) {
        ranges.append(start..<start + wanted.count)
        start += wanted.count
      } else {
        start += 1
      }
    }
    return ranges
  }

  /// Large and small letters are the same, and so are all kinds of blanks.
  private static func folded(_ character: Character) -> Character {
    if character.isWhitespace { return " " }
    let lower = character.lowercased()
    return lower.count == 1 ? lower[lower.startIndex] : character
  }
}

extension GuideSearch {
  /// The step's page with the search in place of its fields.
  func page(over page: Page) -> Page {
    var page = page
    var field = FieldView(label: "Find in this guide", input: .text(query, caret: entry.caret))
    field.isFocused = true
    field.status = [position(of: page)]
    page.fields = [field]
    page.fieldsBeyond = Page.Beyond()
    page.actions = []
    page.selectedAction = nil
    page.notice = nil
    page.keys = [KeyHint(.back, "back", weight: 10)]
    if !matches.isEmpty {
      page.keys.insert(
        contentsOf: [
          KeyHint(.activate, "next", weight: 9), KeyHint(.move(.up), "previous", weight: 6),
          KeyHint(.nextControl, "stay here", weight: 8),
        ], at: 0)
    }
    return page
  }

  private func position(of page: Page) -> String {
    if let current { return "\(current + 1) of \(matches.count) · \(page.header.position)" }
    let steps = stages.count == 1 ? "its only step" : "all \(stages.count) steps"
    return query.isEmpty ? "in \(steps)" : "not found in \(steps)"
  }

  /// What plain mode says: how often, in which steps, and where the user is now.
  var summary: Notice {
    guard let match else { return Notice(.note, "“\(query)” is not in this guide.") }
    let steps = Set(matches.map(\.stage)).sorted().map { "\($0 + 1)" }
    let list = steps.joined(separator: ", ")
    return Notice(
      .note,
      "“\(query)” is in this guide \(Sentences.count(matches.count, "time")), in "
        + "\(Sentences.word("step", for: steps.count)) \(list). This is step \(match.stage + 1).")
  }
}
