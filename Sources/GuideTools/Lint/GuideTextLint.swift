internal import GuideText

/// Checks the lines of a guide: headings, figures and links. What the reader could not understand it has reported
/// itself (fences and components that are not closed, a missing title).
enum GuideTextLint {
  static func check(_ bytes: [UInt8], _ guide: Guide, _ report: inout LintReport) {
    let lines = GuideTextLine.all(of: bytes)
    checkSteps(lines, guide, &report)
    checkHeadings(lines, &report)
    checkFigures(lines, &report)
    let anchors = anchors(of: guide, lines)
    for line in lines where !line.isCode {
      DialectLint.check(line, &report)
      for link in line.links { checkLink(link, line.number, anchors, &report) }
    }
  }

  // MARK: Headings

  private static func checkSteps(
    _ lines: [GuideTextLine], _ guide: Guide, _ report: inout LintReport
  ) {
    if guide.hasImplicitSteps, let first = guide.steps.first {
      let isHeading = first.number == nil
      report.warning(
        isHeading ? "the steps have no numbers" : "the steps have no headings",
        line: lines.first { isHeading ? $0.heading == first.heading : $0.beginsBoldStep }?.number
          ?? 0,
        advice: isHeading
          ? "write the headings of steps like \"Step 1: \(first.title)\""
          : "write them like \"#### Step 1: Create a key\" in place of bold words")
    }
    var previous = 0
    for line in lines {
      guard let heading = line.heading,
        case .step(let number, let title) = HeadingText.kind(of: heading)
      else { continue }
      if number != previous + 1 {
        report.warning(
          number <= previous
            ? "step \(number) comes behind step \(previous)" : "step \(previous + 1) is missing",
          line: line.number, advice: "number the steps 1, 2, 3 …, and mend the doc_sections")
      }
      if title.isEmpty {
        report.warning(
          "step \(number) says nothing but its number", line: line.number,
          advice: "add what is done in it: \"Step \(number): Create a key\"")
      }
      previous = number
    }
  }

  private static func checkHeadings(_ lines: [GuideTextLine], _ report: inout LintReport) {
    var first: [String: Int] = [:]
    for line in lines {
      guard let heading = line.heading else { continue }
      let slug = HeadingText.slug(heading)
      guard !slug.isEmpty else {
        report.warning(
          "a heading has no words", line: line.number, advice: "write one, or remove the line")
        continue
      }
      if let earlier = first[slug] {
        report.warning(
          "the heading \"\(heading)\" stands in line \(earlier) already", line: line.number,
          advice: "give each a name of its own: a doc_section leads to the first of them")
      } else {
        first[slug] = line.number
      }
    }
  }

  // MARK: Figures and links

  /// One note for all of a guide: where one figure has no text, most have none.
  private static func checkFigures(_ lines: [GuideTextLine], _ report: inout LintReport) {
    let figures = lines.filter { !$0.isCode }.flatMap { line in
      line.figuresWithoutText.map { (name: $0, line: line.number) }
    }
    guard let first = figures.first else { return }
    report.note(
      figures.count == 1
        ? "the figure \(first.name) has no alternative text"
        : "\(figures.count) figures have no alternative text; the first is \(first.name)",
      line: first.line,
      advice: "add alt=\"…\" with what it shows; the terminal shows that, not the picture")
  }

  private static func checkLink(
    _ url: String, _ line: Int, _ anchors: Set<String>, _ report: inout LintReport
  ) {
    if url.hasPrefix("https://") || url.hasPrefix("mailto:") || url.hasPrefix("tel:") { return }
    if url.hasPrefix("#") {
      guard !anchors.contains(String(url.dropFirst())) else { return }
      return report.warning(
        "the link \(url) leads to no heading of the guide", line: line,
        advice: "use a heading in lower case with hyphens, or remove the link")
    }
    if url.hasPrefix("http://") {
      guard !url.hasPrefix("http://localhost"), !url.hasPrefix("http://127.") else { return }
      return report.warning(
        "the link \(url) is not encrypted", line: line, advice: "use https:// if it answers there")
    }
    report.note(
      "the link \(url.isEmpty ? "()" : url) leads nowhere from a terminal", line: line,
      advice: "write the whole address, beginning with https://")
  }

  private static func anchors(of guide: Guide, _ lines: [GuideTextLine]) -> Set<String> {
    Set(guide.headings.map(\.anchor) + guide.steps.flatMap(\.anchors))
      .union(guide.extras.flatMap(\.anchors))
      .union(lines.compactMap(\.heading).map(HeadingText.slug))
      .union(lines.flatMap(\.namedAnchors))
  }
}
