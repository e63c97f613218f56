internal import Basics
internal import Secrets

/// What a line of plain mode is: a word for the wizard, or an answer. Lines may be secrets, so they are compared as
/// bytes where they lie; no text is made of them, but of what follows `:find`.
enum PlainWord: Equatable, Sendable {
  case command(Command)
  case find(String)
  case clear
  case again
  /// Begins with a colon and is none of the words.
  case unknown
  /// An answer. `::` stands for a first colon.
  case answer

  static func read(_ line: borrowing SecretBuffer) -> PlainWord {
    line.withBytes { bytes in
      guard bytes.byteCount > 0, bytes[0] == colon else { return .answer }
      if bytes.byteCount > 1, bytes[1] == colon { return .answer }
      for binding in KeyBinding.all {
        if let word = binding.says?.matching(bytes, binding.word) { return word }
      }
      return .unknown
    }
  }

  private static let colon = UInt8(ascii: ":")

  /// This word with the argument of a line in place of the table's; nil when the line is another word.
  private func matching(_ bytes: RawSpan, _ word: String) -> PlainWord? {
    let stem = String(word.prefix { $0 != " " }) + " "
    switch self {
    case .find: return bytes.text(after: stem).map { .find($0) }
    case .command(.link): return bytes.number(after: stem).map { .command(.link($0)) }
    case .command, .clear, .again, .unknown, .answer: return bytes.equals(word.utf8) ? self : nil
    }
  }
}

extension SecretBuffer {
  /// Takes the colon away that stands for itself: `::x` is the value `:x`.
  mutating func unescapeColon() {
    let isEscaped = withBytes { $0.byteCount > 1 && $0[0] == 58 && $0[1] == 58 }
    if isEscaped { remove(0..<1) }
  }

  /// The line as a number, where one is asked for.
  var number: Int? { withBytes { $0.number(after: "") } }

  /// Whether a value goes on in further lines: a PEM block that has begun, or JSON whose braces are not closed.
  var goesOn: Bool {
    withBytes { bytes in
      if bytes.has("-----BEGIN".utf8) { return bytes.firstOffset(of: "-----END".utf8) == nil }
      return bytes.has("{".utf8) && bytes.openBraces > 0
    }
  }
}

extension RawSpan {
  /// The decimal number that follows a word and ends the text; nil when there is none below a million.
  fileprivate func number(after word: String) -> Int? {
    let start = word.utf8.count
    guard has(word.utf8), byteCount > start, byteCount - start <= 6 else { return nil }
    var number = 0
    for offset in start..<byteCount {
      guard self[offset].isDigit else { return nil }
      number = number * 10 + Int(self[offset]) - 48
    }
    return number
  }

  /// What follows a word, as text; nil when there is nothing, or more than anybody searches for.
  fileprivate func text(after word: String) -> String? {
    let start = word.utf8.count
    guard has(word.utf8), byteCount > start, byteCount - start <= 64 else { return nil }
    return String(validating: extracting(start..<byteCount).copied(), as: UTF8.self)
  }

  /// Braces that are open at the end, those inside JSON strings left out.
  fileprivate var openBraces: Int {
    var depth = 0
    var isInString = false
    var isEscaped = false
    for offset in 0..<byteCount {
      let byte = self[offset]
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = isInString
      } else if byte == UInt8(ascii: "\"") {
        isInString.toggle()
      } else if !isInString {
        if byte == UInt8(ascii: "{") { depth += 1 }
        if byte == UInt8(ascii: "}") { depth -= 1 }
      }
    }
    return depth
  }
}
