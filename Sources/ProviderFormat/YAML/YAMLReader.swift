package import Basics
internal import CYAML
package import GuideText

/// Reads a YAML file into a `Value`, with the line of every key.
///
/// libyaml splits the text; what scalars mean is decided here, by the core schema of YAML 1.2 (`yes` and `on` are
/// texts). Only the first document counts. Aliases share what they stand for and are counted, so that a few lines
/// cannot stand for a billion values.
package struct YAMLReader {
  /// Deeper files are refused. Provider files have 6 levels.
  static let depthLimit = 64
  /// Larger files are refused, in bytes. The largest known one has 0.9 MiB.
  package static let sizeLimit = 16 * 1024 * 1024
  /// Values a file may stand for, aliases expanded. The largest known one has some 50 000.
  static let valueLimit = 1_000_000

  /// What was read. Keys that stand twice keep their first value and are reported.
  package struct Result {
    /// The document.
    package var value: Value
    /// The line on which the value begins; 0 for an empty file.
    package var line: Int
    /// What does not keep a file from being read.
    package var findings: [GuideFinding]
  }

  private let file: String
  private var findings: [GuideFinding] = []
  private var open: [Container] = []
  private var anchors: [String: Counted] = [:]
  private var count = 0
  private var root: (value: Value, line: Int)?
  private var documents = 0

  /// A value and how many values it stands for.
  private struct Counted {
    let value: Value
    let count: Int
  }

  /// A list or map that is being read. Its parts are properties, so that they grow where they lie: a file with 30 000
  /// keys must not be copied 30 000 times.
  private struct Container {
    let isMap: Bool
    let anchor: String?
    let line: Int
    /// `count` before it began.
    let countBefore: Int
    /// What it holds so far, in the one or the other.
    var list: [Value] = []
    var map = YAMLMapping()
  }

  /// Reads the first document of a file. Fails at what is no YAML, or beyond the limits.
  ///
  /// - Parameters:
  ///   - file: what findings call it.
  ///   - firstLine: the number of the first line, for a text that stands further down in its file.
  ///   - kept: what is wanted of it. More may be given.
  package static func read(
    _ bytes: [UInt8], file: String, firstLine: Int = 1, keeping kept: KeptKeys = .all
  ) throws(GuideFinding) -> Result {
    guard let plain = PlainYAML(bytes) else {
      return try readByLibrary(bytes, file: file, firstLine: firstLine)
    }
    return Result(
      value: plain.value(of: bytes, firstLine: firstLine, keeping: kept),
      line: plain.firstKeyLine(from: firstLine), findings: [])
  }

  /// Everything that is YAML, and every mistake.
  static func readByLibrary(
    _ bytes: [UInt8], file: String, firstLine: Int
  ) throws(GuideFinding) -> Result {
    guard bytes.count <= sizeLimit else {
      throw GuideFinding(
        severity: .error, file: file, line: 0, message: "the file is larger than 16 MiB",
        advice: "split it")
    }
    var reader = YAMLReader(file: file)
    // libyaml looks for a byte order mark only where it is not told the encoding.
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = isMarked ? Array(bytes.dropFirst(3)) : bytes
    var events = try YAMLEvents(text, file: file, firstLine: firstLine)
    while let event = try events.next() { try reader.handle(event) }
    return Result(
      value: reader.root?.value ?? .null, line: reader.root?.line ?? 0, findings: reader.findings)
  }

  private init(file: String) { self.file = file }

  private mutating func handle(_ event: YAMLEvent) throws(GuideFinding) {
    switch event.content {
    case .documentStart:
      documents += 1
      if documents == 2 {
        report("a second document begins here and is not read", event.line, "keep one per file")
      }
    case _ where documents > 1: break
    case .alias(let name):
      guard let target = anchors[name] else {
        throw problem("*\(name)* refers to nothing before it", event.line, "define &\(name) first")
      }
      try count(target.count, event.line)
      try add(target.value, event.line)
    case .scalar(let text, let isPlain, let anchor):
      try count(1, event.line)
      if anchor == nil, let last = open.indices.last, open[last].isMap, open[last].map.key == nil {
        open[last].map.key = (text, event.line)
        return
      }
      let value = isPlain ? YAMLScalar.value(of: text) : .string(text)
      if let anchor { anchors[anchor] = Counted(value: value, count: 1) }
      try add(value, event.line, keyText: text)
    case .listStart(let anchor): try push(isMap: false, anchor, event.line)
    case .mapStart(let anchor): try push(isMap: true, anchor, event.line)
    case .end: try close()
    }
  }

  private mutating func push(
    isMap: Bool, _ anchor: String?, _ line: Int
  ) throws(GuideFinding) {
    guard open.count < Self.depthLimit else {
      throw problem("nested more than \(Self.depthLimit) levels deep", line, "make it flatter")
    }
    open.append(Container(isMap: isMap, anchor: anchor, line: line, countBefore: count))
    try count(1, line)
  }

  private mutating func close() throws(GuideFinding) {
    guard let container = open.popLast() else { return }
    let value: Value = container.isMap ? .map(container.map.map) : .list(container.list)
    if let anchor = container.anchor {
      anchors[anchor] = Counted(value: value, count: count - container.countBefore)
    }
    try add(value, container.line)
  }

  /// Puts a value into the container that is being read; in a map every other one is a key.
  private mutating func add(
    _ value: Value, _ line: Int, keyText: String? = nil
  ) throws(GuideFinding) {
    guard let last = open.indices.last else {
      root = root ?? (value, line)
      return
    }
    guard open[last].isMap else {
      open[last].list.append(value)
      return
    }
    guard let key = open[last].map.key else {
      guard let text = keyText ?? value.text else {
        throw problem("a list or map cannot be a key", line, "use a text as the key")
      }
      open[last].map.key = (text, line)
      return
    }
    open[last].map.key = nil
    if !open[last].map.add(value, for: key.text, line: key.line) {
      report("the key \"\(key.text)\" stands here a second time", key.line, "keep one of the two")
    }
  }

  private mutating func count(_ added: Int, _ line: Int) throws(GuideFinding) {
    count += added
    guard count <= Self.valueLimit else {
      throw problem("the file stands for too many values", line, "use fewer aliases")
    }
  }

  private mutating func report(_ message: String, _ line: Int, _ advice: String) {
    findings.append(problem(message, line, advice))
  }

  private func problem(_ message: String, _ line: Int, _ advice: String) -> GuideFinding {
    GuideFinding(severity: .error, file: file, line: line, message: message, advice: advice)
  }
}
