/// Puts a guide's elements into its sections and steps.
struct GuideAssembly {
  private enum Place { case overview, prerequisites, instructions, step, extra }

  private var guide: Guide
  private var place = Place.overview
  private var pendingAnchors: [String] = []
  /// The level of the heading that began the current step or extra section.
  private var level = 0

  /// - Parameter guide: a guide without any content yet.
  static func assemble(_ elements: [BlockBuilder.Element], into guide: Guide) -> Guide {
    var assembly = GuideAssembly(guide: guide)
    let implicit = ImplicitSteps(elements)
    for (index, element) in elements.enumerated() {
      switch element {
      case .heading(let level, let text, let anchors):
        assembly.heading(level, text, anchors, isImplicitStep: implicit.contains(index))
      case .anchor(let anchor): assembly.pendingAnchors.append(anchor)
      case .block(let block): assembly.add(block)
      }
    }
    assembly.placePendingAnchors()
    assembly.guide.hasImplicitSteps = !assembly.guide.steps.isEmpty && implicit.isUsed
    return assembly.guide
  }

  private init(guide: Guide) { self.guide = guide }

  private mutating func heading(
    _ level: Int, _ inlines: [Inline], _ explicit: [String], isImplicitStep: Bool
  ) {
    let text = inlines.singleLine
    let anchors = [HeadingText.slug(text)] + pendingAnchors + explicit
    pendingAnchors = []
    let kind = HeadingText.kind(of: text)
    guide.headings.append(
      .init(text: text, level: level, anchor: anchors[0], isStep: isImplicitStep))
    switch kind {
    case .overview: place = .overview
    case .prerequisites: place = .prerequisites
    case .instructions where !isImplicitStep: place = .instructions
    case .step(let number, let title):
      begin(
        Step(
          heading: text, number: number, title: title, level: level, anchors: anchors, blocks: []))
    case .other, .instructions:
      if isImplicitStep {
        begin(
          Step(heading: text, number: nil, title: text, level: level, anchors: anchors, blocks: []))
      } else if place == .step || place == .extra, level > self.level {
        subheading(level, inlines, anchors)
      } else {
        self.level = level
        place = .extra
        guide.extras.append(
          Section(
            heading: text, level: level, anchors: anchors, blocks: [],
            isAfterSteps: !guide.steps.isEmpty, precedingSteps: guide.steps.count))
      }
    }
  }

  private mutating func begin(_ step: Step) {
    guide.steps.append(step)
    place = .step
    level = step.level
  }

  private mutating func subheading(_ level: Int, _ inlines: [Inline], _ anchors: [String]) {
    add(.heading(level: level, inlines))
    addAnchors(anchors)
  }

  private mutating func add(_ block: Block) {
    placePendingAnchors()
    switch place {
    case .overview: guide.overview.append(block)
    case .prerequisites: guide.prerequisites.append(block)
    case .instructions: guide.instructions.append(block)
    case .step: guide.steps[guide.steps.count - 1].blocks.append(block)
    case .extra: guide.extras[guide.extras.count - 1].blocks.append(block)
    }
  }

  /// Anchors that no heading follows lead to the part they stand in.
  private mutating func placePendingAnchors() {
    addAnchors(pendingAnchors)
    pendingAnchors = []
  }

  private mutating func addAnchors(_ anchors: [String]) {
    switch place {
    case .step: guide.steps[guide.steps.count - 1].anchors += anchors
    case .extra: guide.extras[guide.extras.count - 1].anchors += anchors
    case .overview, .prerequisites, .instructions: break
    }
  }
}

/// Which headings begin a step in a guide that has no `Step N` heading: those directly below `Instructions`, or that
/// heading itself when nothing stands below it, or all unknown ones when there is none either.
private struct ImplicitSteps {
  private var indices: Set<Int> = []

  var isUsed: Bool { !indices.isEmpty }

  func contains(_ index: Int) -> Bool { indices.contains(index) }

  init(_ elements: [BlockBuilder.Element]) {
    var headings: [(index: Int, level: Int, kind: HeadingText.Kind)] = []
    for (index, element) in elements.enumerated() {
      if case .heading(let level, let text, _) = element {
        headings.append((index, level, HeadingText.kind(of: text.singleLine)))
      }
    }
    let hasSteps = headings.contains { if case .step = $0.kind { true } else { false } }
    guard !hasSteps else { return }
    guard let start = headings.firstIndex(where: { $0.kind == .instructions }) else {
      indices = Set(headings.filter { $0.kind == .other }.map(\.index))
      return
    }
    let parent = headings[start].level
    let below = headings[(start + 1)...].prefix { $0.level > parent }
    if let level = below.map(\.level).min() {
      indices = Set(below.filter { $0.level == level && $0.kind == .other }.map(\.index))
    } else {
      indices = [headings[start].index]
    }
  }
}

extension [Inline] {
  /// The words on one line.
  var singleLine: String {
    plainText.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map(String.init)
      .joined(separator: " ")
  }
}
