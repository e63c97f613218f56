internal import Secrets

/// What a line of plain mode is: a word for the wizard, or an answer. Lines may be secrets, so they are compared as
/// bytes where they lie; no text is made of them, but of what follows `:find`.
enum PlainWord: Equatable {
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
      for (word, meaning) in words where bytes.isText(word) { return meaning }
      if let text = bytes.text(after: ":find ") { return .find(text) }
      return bytes.number(after: ":link ").map { .command(.link($0)) } ?? .unknown
    }
  }

  private static let colon = UInt8(ascii: ":")

  private static let words: [(String, PlainWord)] = [
    (":back", .command(.back)), (":quit", .command(.leave)), (":help", .command(.help)),
    (":review", .command(.review)), (":anyway", .command(.insist)),
    (":offer", .command(.takeOffer)), (":ends", .command(.reveal)), (":clear", .clear),
    (":file", .command(.readFile)),
    (":again", .again),
  ]
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
      if bytes.starts(with: "-----BEGIN") { return !bytes.contains("-----END") }
      return bytes.starts(with: "{") && bytes.openBraces > 0
    }
  }
}

extension RawSpan {
  fileprivate subscript(offset: Int) -> UInt8 { unsafeLoadByte(offset) }

  private func unsafeLoadByte(_ offset: Int) -> UInt8 {
    precondition(offset >= 0 && offset < byteCount)
    return unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }

  fileprivate func isText(_ text: String) -> Bool {
    byteCount == text.utf8.count && starts(with: text)
  }

  fileprivate func starts(with text: String) -> Bool { matches(text, at: 0) }

  fileprivate func contains(_ text: String) -> Bool {
    guard byteCount >= text.utf8.count else { return false }
    return (0...(byteCount - text.utf8.count)).contains { matches(text, at: $0) }
  }

  private func matches(_ text: String, at start: Int) -> Bool {
    guard byteCount - start >= text.utf8.count else { return false }
    for (offset, byte) in text.utf8.enumerated() where self[start + offset] != byte { return false }
    return true
  }

  /// The decimal number that follows a word and ends the text; nil when there is none below a million.
  fileprivate func number(after word: String) -> Int? {
    let start = word.utf8.count
    guard starts(with: word), byteCount > start, byteCount - start <= 6 else { return nil }
    var number = 0
    for offset in start..<byteCount {
      guard (48...57).contains(self[offset]) else { return nil }
      number = number * 10 + Int(self[offset]) - 48
    }
    return number
  }

  /// What follows a word, as text; nil when there is nothing, or more than anybody searches for.
  fileprivate func text(after word: String) -> String? {
    let start = word.utf8.count
    guard starts(with: word), byteCount > start, byteCount - start <= 64 else { return nil }
    let bytes = (start..<byteCount).map { self[$0] }
    return String(validating: bytes, as: UTF8.self)
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
