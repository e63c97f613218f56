/// Call-outs, which go from a tag to the matching one.
extension MDXNormalizer {
  /// Writes a call-out as a block quote that begins with its kind. Returns what stands behind the closing tag, or nil
  /// when there is none.
  mutating func callout(
    _ kind: Callout, _ tag: MDXTag, _ line: SourceLine, _ rest: ArraySlice<UInt8>,
    _ output: inout PrepassOutput
  ) -> SourceLine? {
    guard depth < Self.depthLimit, let (inner, after) = inside(kind.rawValue, line, rest, &output)
    else {
      return nil
    }
    flushMark(&output)
    place(line)
    separate(&output)
    let quoted = textPrefix + Array("> ".utf8)
    beginCallout(kind, titled: InlineTags.heading(of: tag), quoted, &output)
    MDXNormalizer.run(inner, prefix: quoted, depth: depth + 1, &output)
    isAttached = true
    last = .structure
    return after
  }

  /// The mark by which a quote is told to be a call-out, and its title.
  func beginCallout(
    _ kind: Callout, titled title: String?, _ quoted: [UInt8], _ output: inout PrepassOutput
  ) {
    output.line(quoted, Marks.bytes(Marks.callout, around: kind.rawValue))
    output.blank(quoted)
    guard let title else { return }
    output.line(quoted, title.utf8)
    output.blank(quoted)
  }

  /// The lines up to the matching closing tag, which fences and code spans do not count for.
  private mutating func inside(
    _ name: String, _ line: SourceLine, _ rest: ArraySlice<UInt8>,
    _ output: inout PrepassOutput
  ) -> ([SourceLine], SourceLine)? {
    var inner: [SourceLine] = []
    var depth = 1
    var fence: SourceLine.Fence?
    var current = SourceLine(indent: 0, content: rest.trimmed, number: line.number)
    var next = index
    guard output.mayLookAhead(rest.count) else { return nil }
    while true {
      if let open = fence {
        if open.isClosed(by: current) { fence = nil }
      } else if let begun = current.fence {
        fence = begun
      } else if let end = Self.closing(name, current.content, output.tags, &depth) {
        let before = current.content[..<end.lowerBound].trimmed
        if !before.isEmpty {
          inner.append(
            SourceLine(indent: current.indent, content: before, number: current.number))
        }
        index = next
        let after = current.content[end.upperBound...].trimmed
        return (inner, SourceLine(indent: line.indent, content: after, number: current.number))
      }
      inner.append(current)
      guard next < lines.count, output.mayLookAhead(current.content.count) else { return nil }
      current = lines[next]
      next += 1
    }
  }

  /// Where the tag stands that brings `depth` to zero.
  private static func closing(
    _ name: String, _ content: ArraySlice<UInt8>, _ tags: TagNames, _ depth: inout Int
  ) -> Range<Int>? {
    guard content.contains(UInt8(ascii: "<")) else { return nil }
    for case .tag(let tag, let range) in MDXScanner.parts(content, tags) where tag.name == name {
      switch tag.kind {
      case .open: depth += 1
      case .close: depth -= 1
      case .selfClosing: break
      }
      if depth == 0 { return range }
    }
    return nil
  }
}
