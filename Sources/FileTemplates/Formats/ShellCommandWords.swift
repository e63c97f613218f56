internal import Basics

/// The words of the command that is being read, as far as they hand text to a shell once more: `eval`, `trap`, `ssh`,
/// `sh -c`. Quotes protect a value in one reading; in the second one it would be run.
struct ShellCommandWords {
  private static let readers = ["eval", "trap", "ssh"]
  /// Only with `-c`.
  private static let shells = ["sh", "bash", "dash", "ash", "zsh", "ksh", "su", "busybox"]

  /// Who reads it again; nil where nobody is known to.
  private(set) var secondReader: String?
  private var shell: String?

  /// Reads a byte of command text outside of quotes.
  /// - Parameter begins: whether a word may begin with it.
  mutating func read(at offset: Int, in text: [UInt8], begins: Bool) {
    if Self.isEnd(at: offset, in: text) {
      self = ShellCommandWords()
    } else if begins, secondReader == nil {
      take(Self.word(at: offset, in: text))
    }
  }

  /// Not the signs of `2>&1`, `&>` and `>|`.
  private static func isEnd(at offset: Int, in text: [UInt8]) -> Bool {
    let isBehindArrow = offset > 0 && "<>".utf8.contains(text[offset - 1])
    let isBeforeArrow = offset + 1 < text.count && text[offset + 1] == UInt8(ascii: ">")
    return switch text[offset] {
    case UInt8(ascii: "&"): !isBehindArrow && !isBeforeArrow
    case UInt8(ascii: "|"): !isBehindArrow
    case let byte: "\n;()".utf8.contains(byte)
    }
  }

  private mutating func take(_ word: String) {
    let name = word.split(separator: "/").last.map(String.init) ?? ""
    if Self.readers.contains(name) {
      secondReader = name
    } else if Self.shells.contains(name) {
      shell = name
    } else if let shell, word.hasPrefix("-"), !word.hasPrefix("--"), word.contains("c") {
      secondReader = "\(shell) -c"
    }
  }

  /// Without the quotes and backslashes that do not change what it names, and without what lines that go on have between.
  private static func word(at start: Int, in text: [UInt8]) -> String {
    var bytes: [UInt8] = []
    var offset = start
    while offset < text.count, !text[offset].isBlank, !";&|()<>".utf8.contains(text[offset]) {
      if text[offset...].starts(with: "\\\n".utf8) {
        offset += 2
        continue
      }
      if !"'\"\\".utf8.contains(text[offset]) { bytes.append(text[offset]) }
      offset += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
