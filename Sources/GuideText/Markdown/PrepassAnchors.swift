internal import Basics

/// What an anchor on a line of its own belongs to.
extension MDXNormalizer {
  /// Whether the next thing that is said is a heading: nothing but blank lines, rules, comments and other anchors stand
  /// before it. The anchor is that heading's then, whatever list is still open.
  func leadsToHeading(_ output: inout PrepassOutput) -> Bool {
    for next in index..<max(index, lines.count) {
      let line = lines[next]
      guard output.mayLookAhead(line.content.count) else { return false }
      if line.headingLevel != nil || UnderlinedHeading(lines, at: next) != nil { return true }
      guard line.isBlank || line.isRule || isSilent(line, output.tags) else { return false }
    }
    return false
  }

  /// Tags and comments without a word.
  private func isSilent(_ line: SourceLine, _ tags: TagNames) -> Bool {
    guard line.content.first == UInt8(ascii: "<") || line.content.first == UInt8(ascii: "{") else {
      return false
    }
    return MDXScanner.parts(line.content, tags).allSatisfy { part in
      switch part {
      case .text(let text): text[...].trimmed.isEmpty
      case .tag(let tag, _): tag.attributes.keys.allSatisfy { $0 == "id" || $0 == "name" }
      }
    }
  }
}
