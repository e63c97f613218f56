internal import Basics

/// Splits a line's text at its tags. Code spans are left alone, comments vanish, and a `<` that begins no tag becomes
/// `Marks.less`, so that CommonMark does not take it for HTML.
struct MDXScanner {
  enum Part {
    case text([UInt8])
    /// A tag and the bytes it took.
    case tag(MDXTag, Range<Int>)
  }

  enum Result {
    case parts([Part])
    /// A tag or comment begins and does not end: try again with the next line added.
    case unfinished(isComment: Bool)
  }

  private let bytes: ArraySlice<UInt8>
  private let names: TagNames
  private var index: Int
  private var text: [UInt8] = []
  private var parts: [Part] = []
  /// Nothing follows that could finish what is unfinished.
  private var isWhole = false
  /// No comment that begins from here on ends, so that there is no need to look for its end again.
  private var hasOpenComment = false
  private var hasOpenBrace = false

  /// What stands in the line taken alone; a tag that does not end is text.
  static func parts(_ bytes: ArraySlice<UInt8>, _ names: TagNames) -> [Part] {
    if case .parts(let parts) = scan(bytes, names) { return parts }
    var scanner = MDXScanner(bytes, names)
    scanner.isWhole = true
    if case .parts(let parts) = scanner.run() { return parts }
    return [.text(Array(bytes))]
  }

  /// In longer lines, in bytes, tags are text: no author wrote them, and every tag looks along the line for its end.
  private static let lengthLimit = 32 * 1024

  static func scan(_ bytes: ArraySlice<UInt8>, _ names: TagNames) -> Result {
    guard bytes.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "{") }) else {
      return .parts([.text(Array(bytes))])
    }
    guard bytes.count <= lengthLimit else {
      let less = Array(String(Marks.less).utf8)
      return .parts([.text(bytes.flatMap { $0 == UInt8(ascii: "<") ? less : [$0] })])
    }
    var scanner = MDXScanner(bytes, names)
    return scanner.run()
  }

  private init(_ bytes: ArraySlice<UInt8>, _ names: TagNames) {
    self.bytes = bytes
    self.names = names
    index = bytes.startIndex
  }

  private mutating func run() -> Result {
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "`"): codeSpan()
      case UInt8(ascii: "\\"): escape()
      case UInt8(ascii: "<"): if let unfinished = angle() { return unfinished }
      case UInt8(ascii: "{"): if let unfinished = brace() { return unfinished }
      default: copy(1)
      }
    }
    flush()
    return .parts(parts)
  }

  private mutating func copy(_ count: Int) {
    let end = min(index + count, bytes.endIndex)
    text += bytes[index..<end]
    index = end
  }

  private mutating func flush() {
    if !text.isEmpty { parts.append(.text(text)) }
    text = []
  }

  /// Copies a code span whole; backticks that are not closed on the line are text.
  private mutating func codeSpan() {
    let length = bytes[index...].prefix { $0 == UInt8(ascii: "`") }.count
    var end = index + length
    while end < bytes.endIndex {
      let run = bytes[end...].prefix { $0 == UInt8(ascii: "`") }.count
      if run == length { return copy(end + run - index) }
      end += max(run, 1)
    }
    copy(length)
  }

  private mutating func escape() {
    let next = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
    if next == UInt8(ascii: "<") {
      text += String(Marks.less).utf8
      index += 2
    } else {
      // A backslash before anything but ASCII must not tear a character apart.
      copy(next < 0x80 ? 2 : 1)
    }
  }

  private mutating func angle() -> Result? {
    if bytes[index...].starts(with: Array("<!--".utf8)) {
      if !hasOpenComment, let end = bytes.firstIndex(of: "-->", from: index) {
        index = end + 3
        return nil
      }
      if !isWhole { return .unfinished(isComment: true) }
      hasOpenComment = true
    }
    if let end = autolinkEnd() {
      copy(end - index)
      return nil
    }
    if let (tag, end) = MDXTag.read(bytes, at: index) {
      if names.isTag(tag) {
        flush()
        parts.append(.tag(tag, index..<end))
        index = end
        return nil
      }
    } else if !isWhole, mayContinue() {
      return .unfinished(isComment: false)
    }
    text += String(Marks.less).utf8
    index += 1
    return nil
  }

  /// `<https://…>` and `<name@host>` are CommonMark's, which reads them itself.
  private func autolinkEnd() -> Int? {
    let inner = bytes[(index + 1)...].prefix {
      $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "<") && $0 != 0x20 && $0 != 0x09
    }
    guard inner.endIndex < bytes.endIndex, bytes[inner.endIndex] == UInt8(ascii: ">") else {
      return nil
    }
    let isAddress = ["http://", "https://", "mailto:"].contains { inner.starts(with: $0.utf8) }
    let isMail = inner.contains(UInt8(ascii: "@")) && inner.contains(UInt8(ascii: "."))
    return isAddress || isMail ? inner.endIndex + 1 : nil
  }

  /// Whether a known tag begins here whose end is not on this line.
  private func mayContinue() -> Bool {
    let rest = bytes[(index + 1)...]
    let name = rest.drop { $0 == UInt8(ascii: "/") }.prefix { $0.isLetter || $0.isDigit }
    guard !name.isEmpty, TagNames.mayBeTag(name.string) else { return false }
    return name.endIndex == bytes.endIndex || [0x20, 0x09, 0x0A].contains(bytes[name.endIndex])
  }

  private mutating func brace() -> Result? {
    let rest = bytes[index...]
    if rest.starts(with: Array("{/*".utf8)) {
      if !hasOpenBrace, let end = bytes.firstIndex(of: "*/", from: index + 3),
        let close = bytes[end...].firstIndex(of: UInt8(ascii: "}"))
      {
        index = close + 1
        return nil
      }
      if !isWhole { return .unfinished(isComment: true) }
      hasOpenBrace = true
    }
    if rest.starts(with: Array("{\" \"}".utf8)) || rest.starts(with: Array("{' '}".utf8)) {
      text.append(0x20)
      index += 5
      return nil
    }
    copy(1)
    return nil
  }
}
