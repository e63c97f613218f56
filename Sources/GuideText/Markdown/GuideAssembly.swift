internal import Basics

/// Puts a guide's elements into its sections and steps.
struct GuideAssembly {
  private enum Place { case overview, prerequisites, instructions, step, extra }

  private var guide: Guide
  private var place = Place.overview
  private var pendingAnchors: [String] = []
  private var footnotes: GuideFootnotes
  /// The level of the heading that began the current step or extra section.
  private var level = 0

  /// - Parameter guide: a guide without any content yet.
  static func assemble(_ elements: [BlockBuilder.Element], into guide: Guide) -> Guide {
    var assembly = GuideAssembly(guide: guide, footnotes: GuideFootnotes(elements))
    let implicit = ImplicitSteps(elements)
    for (index, element) in elements.enumerated() {
      switch element {
      case .heading(let level, let text, let anchors):
        assembly.heading(level, text, anchors, isImplicitStep: implicit.contains(index))
      case .anchor(let anchor): assembly.pendingAnchors.append(anchor)
      case .block(let block):
        if let bold = implicit.boldStep(index) {
          assembly.begin(bold)
        } else {
          assembly.add(block)
        }
      case .references(let notes): assembly.footnotes.record(notes)
      case .footnote: break
      }
    }
    assembly.placePendingAnchors()
    assembly.placeFootnotes()
    assembly.guide.hasImplicitSteps = !assembly.guide.steps.isEmpty && implicit.isUsed
    return assembly.guide
  }

  private init(guide: Guide, footnotes: GuideFootnotes) {
    self.guide = guide
    self.footnotes = footnotes
  }

  private mutating func heading(
    _ level: Int, _ inlines: [Inline], _ explicit: [String], isImplicitStep: Bool
  ) {
    let text = inlines.singleLine
    let anchors = [HeadingText.slug(text)] + pendingAnchors + explicit
    pendingAnchors = []
    let kind = HeadingText.kind(of: text)
    guide.headings.append(
      .init(text: text, level: level, anchor: anchors[0], isStep: isImplicitStep))
    if kind != .other || isImplicitStep || !isSubheading(level) { placeFootnotes() }
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
      } else if isSubheading(level) {
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

  private func isSubheading(_ level: Int) -> Bool {
    (place == .step || place == .extra) && level > self.level
  }

  private mutating func begin(_ step: Step) {
    placeFootnotes()
    guide.steps.append(step)
    guide.steps[guide.steps.count - 1].anchors += pendingAnchors
    pendingAnchors = []
    place = .step
    level = step.level
  }

  private mutating func subheading(_ level: Int, _ inlines: [Inline], _ anchors: [String]) {
    add(.heading(level: level, inlines))
    addAnchors(anchors)
  }

  private mutating func add(_ block: Block) {
    // A rule parts what stands before it from the heading that the anchor belongs to.
    if block != .rule { placePendingAnchors() }
    switch place {
    case .overview: guide.overview.append(block)
    case .prerequisites: guide.prerequisites.append(block)
    case .instructions: guide.instructions.append(block)
    case .step: guide.steps[guide.steps.count - 1].blocks.append(block)
    case .extra: guide.extras[guide.extras.count - 1].blocks.append(block)
    }
  }

  /// Every part is shown on a page of its own, and so each gets the notes that it refers to.
  private mutating func placeFootnotes() {
    for block in footnotes.take() { add(block) }
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

extension [Inline] {
  /// The words on one line.
  var singleLine: String {
    let text = plainText
    var line = ""
    line.reserveCapacity(text.utf8.count)
    for word in text.unicodeScalars.split(whereSeparator: \.isBlank) {
      if !line.isEmpty { line += " " }
      line.append(contentsOf: Substring(word))
    }
    return line
  }
}
