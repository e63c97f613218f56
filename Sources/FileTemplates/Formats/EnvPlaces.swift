internal import Basics

/// A file of variables, `NAME=VALUE` a line. Its many readers (docker, docker compose, systemd, the libraries called dotenv,
/// a shell) disagree about quotes and escapes: a value is put in where all that take the author's quotes read the same.
struct EnvPlaces: PlaceReader {
  private enum Mode { case name, comment, start, bare, single, double, behind }

  private let text: [UInt8]
  private var mode = Mode.name

  init(_ text: [UInt8]) { self.text = text }

  var isInComment: Bool { mode == .comment }

  mutating func read(at offset: Int) -> PlaceProblem? {
    let byte = text[offset]
    if byte == UInt8(ascii: "\n") {
      if mode == .single || mode == .double {
        return .here("a quote is not closed on its line", advice: "a variable has one line")
      }
      mode = .name
      return nil
    }
    switch mode {
    case .comment: break
    case .behind:
      if byte == UInt8(ascii: "#"), text[offset - 1].isBlank { mode = .comment }
    case .name:
      if byte == UInt8(ascii: "#"), isFirst(offset) { mode = .comment }
      if byte == UInt8(ascii: "=") { mode = .start }
    case .start:
      switch byte {
      case UInt8(ascii: "'"): mode = .single
      case UInt8(ascii: "\""): mode = .double
      case UInt8(ascii: " "), UInt8(ascii: "\t"): break
      default: readBare(byte, at: offset)
      }
    case .bare: readBare(byte, at: offset)
    case .single: if byte == UInt8(ascii: "'") { mode = .behind }
    case .double:
      if byte == UInt8(ascii: "\""), text[offset - 1] != UInt8(ascii: "\\") { mode = .behind }
    }
    return nil
  }

  private mutating func readBare(_ byte: UInt8, at offset: Int) {
    mode = byte == UInt8(ascii: "#") && text[offset - 1].isBlank ? .comment : .bare
  }

  /// Whether nothing but blanks stands in front on its line.
  private func isFirst(_ offset: Int) -> Bool {
    text[..<offset].reversed().first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
      .map(\.isLineEnd) ?? true
  }

  mutating func place(of range: Range<Int>) -> ValuePlace {
    let before = range.lowerBound > 0 ? text[range.lowerBound - 1] : 0
    switch mode {
    case .comment: return .comment
    case .name:
      return .refused("is to be a variable's name", advice: "write the name itself")
    case .behind: return .touches
    case .start, .bare:
      mode = .bare
      return before == UInt8(ascii: "$") || before == UInt8(ascii: "\\")
        ? .behindSign : .filled(.harmless(.env))
    case .single: return before == UInt8(ascii: "\\") ? .behindSign : .filled(.envSingle)
    case .double:
      return before == UInt8(ascii: "$") || before == UInt8(ascii: "\\")
        ? .behindSign : .filled(.envDouble)
    }
  }

  func end() -> PlaceProblem? {
    mode == .single || mode == .double ? .here("the last quote is not closed", advice: nil) : nil
  }
}

extension ValuePlace {
  fileprivate static let behindSign = ValuePlace.refused(
    "stands right behind a $ or a backslash", advice: "put something between them")
}
