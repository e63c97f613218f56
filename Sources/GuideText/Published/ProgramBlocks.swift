/// Takes the blocks out of a page that are written for programs: `<AgentInstructions>`, and `<Visibility for="agents">`.
/// They are no text of the guide, and nothing in them is ever done.
///
/// A block begins with its tag at the beginning of a line, outside of code. One that is not closed is left where it is:
/// it is more likely a slip than a whole page for programs.
struct ProgramBlocks {
  /// What stood between the tags, a text for each block.
  private(set) var texts: [String] = []
  /// The other lines.
  private(set) var rest: [SourceLine] = []
  /// Names that nothing closes from here on, so that the search for their end is made once.
  private var unclosed: Set<String> = []

  init(_ lines: [SourceLine]) {
    var fence: SourceLine.Fence?
    var index = 0
    while index < lines.count {
      let line = lines[index]
      if let open = fence {
        if open.isClosed(by: line) { fence = nil }
      } else if let opened = line.fence {
        fence = opened
      } else if let last = consumeBlock(lines, from: index) {
        index = last + 1
        continue
      }
      rest.append(line)
      index += 1
    }
  }

  /// Takes the block that begins with the line at `first`, and returns its last line; nil when none begins there.
  private mutating func consumeBlock(_ lines: [SourceLine], from first: Int) -> Int? {
    guard let (name, start) = Self.openingTag(lines[first]), !unclosed.contains(name) else {
      return nil
    }
    var text: [ArraySlice<UInt8>] = []
    for number in first..<lines.count {
      let content = lines[number].content
      let inner = number == first ? content[start...] : content
      guard let (end, behind) = Self.closingTag(name, in: inner) else {
        text.append(inner)
        continue
      }
      text.append(inner[..<end])
      let written = text.map(\.trimmed.string).drop(while: \.isEmpty)
      let last = written.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? written.startIndex
      texts.append(written[..<last].joined(separator: "\n"))
      let rest = SourceLine(content[behind...], number: lines[number].number)
      if !rest.isBlank { self.rest.append(rest) }
      return number
    }
    unclosed.insert(name)
    return nil
  }

  private static func openingTag(_ line: SourceLine) -> (name: String, end: Int)? {
    guard line.content.first == UInt8(ascii: "<"),
      let (tag, end) = MDXTag.read(line.content, at: line.content.startIndex), tag.kind == .open
    else { return nil }
    let isForPrograms =
      tag.name == "AgentInstructions"
      || tag.name == "Visibility" && tag.attribute("for") == "agents"
    return isForPrograms ? (tag.name, end) : nil
  }

  private static func closingTag(
    _ name: String, in bytes: ArraySlice<UInt8>
  ) -> (start: Int, end: Int)? {
    for start in bytes.indices where bytes[start] == UInt8(ascii: "<") {
      if let (tag, end) = MDXTag.read(bytes, at: start), tag.kind == .close, tag.name == name {
        return (start, end)
      }
    }
    return nil
  }
}
