/// What the pre-pass hands to CommonMark, and what it keeps aside.
struct PrepassOutput {
  /// Clean CommonMark in UTF-8.
  private(set) var bytes: [UInt8] = []
  private(set) var lineCount = 0
  /// The list marks by the one-based line of `bytes` they begin on.
  private(set) var markers: [Int: WrittenMarker] = [:]
  private(set) var figures: [Figure] = []
  private(set) var anchors: [String] = []
  var findings: [GuideFinding] = []
  let file: String
  let tags: TagNames
  private static let lookAheadLimit = 4 * Guide.sizeLimit
  private var bytesAhead = 0
  /// Findings of one file; a damaged one could have one in every line.
  private static let findingLimit = 50
  /// Labels in lower case that some link refers to and whose definition is still to come.
  private var usedLabels: Set<String>

  /// A list mark as its author wrote it.
  struct WrittenMarker {
    let marker: ListItem.Marker
    /// Columns in front of it in the file.
    let indent: Int
  }

  init(file: String, lines: [SourceLine]) {
    self.file = file
    tags = TagNames(lines)
    usedLabels = Self.usedLabels(in: lines)
    bytes.reserveCapacity(lines.reduce(0) { $0 + $1.raw.count + 8 })
  }

  /// Whether a text would be read as the definition of a link and so vanish, without any link that refers to it. Of
  /// two definitions of one label only the first counts.
  mutating func isUselessDefinition(_ text: ArraySlice<UInt8>) -> Bool {
    guard let label = Self.definedLabel(text) else { return false }
    return usedLabels.remove(label) == nil
  }

  /// The label of `[label]: …`, in lower case.
  private static func definedLabel(_ text: ArraySlice<UInt8>) -> String? {
    guard text.first == UInt8(ascii: "["), let end = text.firstIndex(of: UInt8(ascii: "]")),
      text[(end + 1)...].first == UInt8(ascii: ":")
    else { return nil }
    return text[(text.startIndex + 1)..<end].string.lowercased()
  }

  /// All texts between brackets that are no definitions.
  private static func usedLabels(in lines: [SourceLine]) -> Set<String> {
    guard lines.contains(where: { definedLabel($0.content) != nil }) else { return [] }
    var labels: Set<String> = []
    for line in lines {
      var text = line.content
      if definedLabel(text) != nil {
        text = text.drop { $0 != UInt8(ascii: "]") }.dropFirst()
      }
      var open: Int?
      for index in text.indices {
        if text[index] == UInt8(ascii: "[") { open = index + 1 }
        if text[index] == UInt8(ascii: "]"), let start = open {
          let isDefined = text[(index + 1)...].first == UInt8(ascii: ":")
          if !isDefined { labels.insert(text[start..<index].string.lowercased()) }
          open = nil
        }
      }
    }
    return labels
  }

  /// Counts bytes that are looked at before their turn. False when a damaged file has used up its share: every
  /// unclosed tag looks for its end.
  mutating func mayLookAhead(_ bytes: Int) -> Bool {
    bytesAhead += bytes + 1
    return bytesAhead <= Self.lookAheadLimit
  }

  mutating func line(_ prefix: [UInt8], _ content: some Sequence<UInt8>) {
    bytes += prefix
    bytes += content
    bytes.append(0x0A)
    lineCount += 1
  }

  mutating func blank(_ prefix: [UInt8]) { line(prefix, []) }

  mutating func record(_ marker: WrittenMarker) { markers[lineCount + 1] = marker }

  /// Keeps a figure and returns what stands for it in the text.
  mutating func mark(_ figure: Figure) -> [UInt8] {
    figures.append(figure)
    return Marks.bytes(Marks.figure, around: String(figures.count - 1))
  }

  /// Keeps an anchor and returns what stands for it in the text.
  mutating func mark(anchor: String) -> [UInt8] {
    anchors.append(anchor)
    return Marks.bytes(Marks.anchor, around: String(anchors.count - 1))
  }

  mutating func report(_ message: String, line: Int, advice: String? = nil) {
    guard findings.count < Self.findingLimit else { return }
    findings.append(
      GuideFinding(severity: .warning, file: file, line: line, message: message, advice: advice))
  }
}
