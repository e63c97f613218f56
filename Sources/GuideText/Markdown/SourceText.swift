/// A file's text in lines, made fit for reading: valid UTF-8 without a byte order mark, no carriage returns, no NUL
/// and none of the marks that the readers use for themselves.
package struct SourceText {
  /// The lines without their ends, as UTF-8.
  package private(set) var lines: [ArraySlice<UInt8>] = []
  /// What had to be replaced, in the order of the lines.
  private var replaced: [(line: Int, what: Replaced)] = []

  /// What is no text for a reader, each kind told once a line.
  private enum Replaced: Hashable {
    /// Bytes that are not UTF-8.
    case bytes
    /// UTF-8 all the same: U+0000, and what the readers use for themselves.
    case scalar(Unicode.Scalar)
  }

  /// Of a file of any bytes: what cannot be read is replaced, line by line, and reported by `findings`.
  package init(_ bytes: [UInt8]) {
    var text = bytes[...]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    var start = text.startIndex
    var index = start
    while index < text.endIndex {
      let byte = text[index]
      guard byte == 0x0A || byte == 0x0D else {
        index += 1
        continue
      }
      append(text[start..<index])
      let isPair = byte == 0x0D && index + 1 < text.endIndex && text[index + 1] == 0x0A
      index += isPair ? 2 : 1
      start = index
    }
    if start < text.endIndex { append(text[start...]) }
  }

  private mutating func append(_ line: ArraySlice<UInt8>) {
    // Most lines are plain ASCII, which needs neither checking nor copying.
    if !line.contains(where: { $0 >= 0x80 || $0 == 0 }) {
      lines.append(line)
      return
    }
    var found: [Replaced] = []
    var cleaned = ""
    var decoder = UTF8()
    var iterator = line.makeIterator()
    decoding: while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar) where scalar.value == 0 || Marks.isMark(scalar):
        cleaned.unicodeScalars.append("\u{FFFD}")
        if !found.contains(.scalar(scalar)) { found.append(.scalar(scalar)) }
      case .scalarValue(let scalar): cleaned.unicodeScalars.append(scalar)
      case .error:
        cleaned.unicodeScalars.append("\u{FFFD}")
        if !found.contains(.bytes) { found.append(.bytes) }
      case .emptyInput: break decoding
      }
    }
    guard !found.isEmpty else {
      lines.append(line)
      return
    }
    lines.append(Array(cleaned.utf8)[...])
    for what in found { replaced.append((lines.count, what)) }
  }

  /// What to say about the lines in which something was replaced.
  func findings(file: String) -> [GuideFinding] {
    replaced.map { line, what in
      let (message, advice) =
        switch what {
        case .bytes: ("bytes that are not UTF-8 text were", "save the file as UTF-8")
        case .scalar("\0"):
          (
            "the character U+0000, which stands in no text, was",
            "remove it; a file in which every second character is one has to be saved as UTF-8"
          )
        case .scalar(let scalar):
          (
            "U+\(String(scalar.value, radix: 16, uppercase: true)), which is no character, was",
            "remove it"
          )
        }
      return GuideFinding(
        severity: .warning, file: file, line: line, message: "\(message) replaced by \u{FFFD}",
        advice: advice)
    }
  }
}

/// Noncharacters that carry what CommonMark has no notation for through its parser. `SourceText` lets none through.
enum Marks {
  /// Around the index of a figure.
  static let figure = Unicode.Scalar(0xFDD0).known
  /// Around the index of an anchor.
  static let anchor = Unicode.Scalar(0xFDD1).known
  /// Around the name of a call-out, as the first text of a block quote.
  static let callout = Unicode.Scalar(0xFDD2).known
  /// A line break, and the text of an item without any.
  static let lineBreak = Unicode.Scalar(0xFDD4).known
  /// A `<` that begins neither a tag nor an address.
  static let less = Unicode.Scalar(0xFDD3).known

  static func isMark(_ scalar: Unicode.Scalar) -> Bool { (0xFDD0...0xFDD4).contains(scalar.value) }

  static func bytes(_ mark: Unicode.Scalar, around text: String = "") -> [UInt8] {
    Array("\(mark)\(text)\(mark)".utf8)
  }
}

extension Unicode.Scalar? {
  /// For scalars that are written down in this file and known to exist.
  fileprivate var known: Unicode.Scalar { self ?? "\u{FFFD}" }
}
