internal import GuideText

/// A line of a guide as the lint looks at it.
struct GuideTextLine {
  let number: Int
  let text: String
  /// Whether it stands between fences.
  let isCode: Bool
  /// The words of a heading, without the marks of bold and code.
  let heading: String?

  /// All but the blank ones.
  static func all(of bytes: [UInt8]) -> [GuideTextLine] {
    let lines = SourceText(bytes).lines.enumerated().map {
      SourceLine($0.element, number: $0.offset + 1)
    }
    var fence: SourceLine.Fence?
    var unclosed = UnclosedFences()
    /// Up to here the lines belong to a heading that is underlined.
    var headingEnd = 0
    return lines.dropFirst(FrontMatter(lines).lineCount).compactMap { line in
      guard !line.isBlank, line.number > headingEnd else { return nil }
      if fence == nil, let heading = UnderlinedHeading(lines, at: line.number - 1) {
        headingEnd = heading.lines.upperBound + 1
        return GuideTextLine(line, isCode: false, heading: heading.content[...])
      }
      var isCode = fence != nil
      if let open = fence {
        if open.isClosed(by: line) { fence = nil }
      } else if let opened = line.fence {
        // One that nothing closes hides no line behind it from the lint.
        if unclosed.closing(of: opened, in: lines, from: line.number) != nil { fence = opened }
        isCode = true
      }
      return GuideTextLine(line, isCode: isCode)
    }
  }

  private init(_ line: SourceLine, isCode: Bool) {
    let level = isCode ? nil : line.headingLevel
    self.init(line, isCode: isCode, heading: level.map { line.content.dropFirst($0) })
  }

  private init(_ line: SourceLine, isCode: Bool, heading: ArraySlice<UInt8>?) {
    number = line.number
    text = Self.withoutCode(line.content.string)
    self.isCode = isCode
    self.heading = heading?.trimmed.string.filter { $0 != "*" && $0 != "`" }
  }

  /// The line with what stands between backticks taken out.
  private static func withoutCode(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count > 2 else { return text }
    return parts.enumerated().filter { $0.offset % 2 == 0 }.map { String($0.element) }.joined()
  }

  /// `**Step 1: …`, which is a step where no heading is one.
  var beginsBoldStep: Bool {
    text.hasPrefix("**") && text.dropFirst(2).lowercased().hasPrefix("step ")
  }

  /// The targets of `[text](target)`.
  var links: [String] {
    var links: [String] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "](") {
      let isFigure = Self.beginsFigure(rest[..<open.lowerBound])
      rest = rest[open.upperBound...]
      guard let end = rest.firstIndex(of: ")") else { break }
      if !isFigure {
        let target = rest[..<end].prefix { $0 != " " }
        links.append(target.trimmingAngles)
      }
      rest = rest[end...]
    }
    return links
  }

  /// File names of figures that say nothing of what they show.
  var figuresWithoutText: [String] {
    var names: [String] = []
    var rest = text[...]
    while let tag = rest.firstRange(of: "<img") {
      rest = rest[tag.upperBound...]
      // One that goes on in the next line may have its text there.
      guard let end = rest.firstIndex(where: { $0 == ">" || $0 == "<" }) else { break }
      let body = rest[..<end]
      rest = rest[end...]
      if Self.attribute("alt", of: body)?.isEmpty ?? true {
        names.append(Figure(source: Self.attribute("src", of: body) ?? "").name)
      }
    }
    rest = text[...]
    while let mark = rest.firstRange(of: "![](") {
      rest = rest[mark.upperBound...]
      guard let end = rest.firstIndex(where: { $0 == ")" || $0 == " " }) else { break }
      names.append(Figure(source: String(rest[..<end])).name)
      rest = rest[end...]
    }
    return names
  }

  /// The names of `<a id="…">`.
  var namedAnchors: [String] {
    guard let tag = text.firstRange(of: "<a ") else { return [] }
    return Self.attribute("id", of: text[tag.upperBound...]).map { [$0] } ?? []
  }

  private static func attribute(_ name: String, of tag: Substring) -> String? {
    for quote: Character in ["\"", "'"] {
      guard let start = tag.firstRange(of: "\(name)=\(quote)") else { continue }
      return String(tag[start.upperBound...].prefix { $0 != quote })
    }
    return nil
  }

  /// Whether the text between the brackets belongs to `![alt](source)`.
  private static func beginsFigure(_ before: Substring) -> Bool {
    guard let bracket = before.lastIndex(of: "["), bracket > before.startIndex else { return false }
    return before[before.index(before: bracket)] == "!"
  }
}

extension Substring {
  fileprivate var trimmingAngles: String {
    hasPrefix("<") && hasSuffix(">") ? String(dropFirst().dropLast()) : String(self)
  }
}
