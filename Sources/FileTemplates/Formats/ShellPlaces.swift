internal import Basics

/// A script of a POSIX shell, or of bash. A value is put in as one piece of a word, whatever it holds.
///
/// It is refused inside a substitution, where quotes begin anew and every shell has rules of its own, and behind anything
/// of which the end is not certain.
struct ShellPlaces: PlaceReader {
  private enum Frame {
    case command, double, parameter, backquotes
    /// `$((…))`
    case arithmetic
    /// `((…))`, which is arithmetic to some shells, and two subshells to others.
    case looseArithmetic
  }

  private enum Quote { case none, single, comment }
  /// What a `$` has begun, for as long as the next byte may belong to it.
  private enum Dollar { case none, sign, name }

  private let text: [UInt8]
  private var frames: [Frame] = [.command]
  private var quote = Quote.none
  private var dollar = Dollar.none
  private var isEscaped = false
  /// Whether a word may begin here: only then a `#` begins a comment.
  private var isWordStart = true
  /// Of the innermost frame, how many parentheses of its own are open.
  private var parentheses = [0]
  private var documents = ShellDocuments()
  private var command = ShellCommandWords()
  /// What is in front of it has been read; it is no command text.
  private var resume = 0
  /// The line of something behind which nothing is certain.
  private var doubt: String?

  init(_ text: [UInt8]) { self.text = text }

  var isInComment: Bool { quote == .comment }

  mutating func read(at offset: Int) -> PlaceProblem? {
    guard offset >= resume else { return nil }
    let byte = text[offset]
    switch quote {
    case .none: if !join(at: offset) { readCode(byte, at: offset) }
    case .single: if byte == UInt8(ascii: "'") { quote = .none }
    case .comment:
      guard byte == UInt8(ascii: "\n") else { break }
      quote = .none
      readCode(byte, at: offset)
    }
    return nil
  }

  /// Leaves a backslash and the line end behind it aside, as the shell does before it looks for words: a line that goes on
  /// is one line. Where it goes on within something of several bytes, not every shell finds the same.
  private mutating func join(at offset: Int) -> Bool {
    guard !isEscaped, text[offset...].starts(with: "\\\n".utf8) else { return false }
    if offset > 0 {
      let before = text[offset - 1]
      let isWithin =
        "$<(".utf8.contains(before) || (frames.count > 1 && frames != [.command, .double])
      if isWithin && !before.isBlank { doubtFrom("a line that goes on within a word") }
    }
    resume = offset + 2
    return true
  }

  private mutating func readCode(_ byte: UInt8, at offset: Int) {
    let dollar = dollar
    self.dollar = dollar == .name && byte.isInShellName ? .name : .none
    if isEscaped {
      isEscaped = false
      isWordStart = false
      return
    }
    if dollar == .sign, readBehindDollar(byte, at: offset) { return }
    switch frames[frames.count - 1] {
    case .command: readCommand(byte, at: offset, isBehindDollar: dollar == .sign)
    case .double: readDouble(byte)
    case .arithmetic: readNested(byte, at: offset, closing: "))")
    case .looseArithmetic:
      if text[offset...].starts(with: "<<".utf8) { doubtFrom("a << in ((…))") }
      readNested(byte, at: offset, closing: "))")
    case .parameter: readNested(byte, at: offset, closing: "}")
    case .backquotes: readBackquotes(byte)
    }
  }

  /// `$(`, `$((`, `${`, `$name`, `$$` and the others of one sign.
  private mutating func readBehindDollar(_ byte: UInt8, at offset: Int) -> Bool {
    switch byte {
    case UInt8(ascii: "("):
      let isArithmetic = offset + 1 < text.count && text[offset + 1] == byte
      push(isArithmetic ? .arithmetic : .command)
      if isArithmetic { resume = offset + 2 }
    case UInt8(ascii: "{"): push(.parameter)
    case UInt8(ascii: "_"): dollar = .name
    case _ where byte.isLetter: dollar = .name
    case UInt8(ascii: "$"):
      // bash takes the second one for a $ once more there, and others do not.
      if offset + 1 < text.count, "({'".utf8.contains(text[offset + 1]) {
        doubtFrom("a $$ that touches a bracket or a quote")
      }
    case _ where byte.isDigit || "?!#@*-".utf8.contains(byte): break
    default: return false
    }
    isWordStart = byte == UInt8(ascii: "(")
    return true
  }

  private mutating func readCommand(_ byte: UInt8, at offset: Int, isBehindDollar: Bool) {
    let begins = isWordStart
    isWordStart = byte.isBlank || ";&|()<>".utf8.contains(byte)
    if frames == [.command] { command.read(at: offset, in: text, begins: begins) }
    if frames.count > 1, begins, isWord("case", at: offset) {
      doubtFrom("a case in a substitution")
    }
    switch byte {
    case UInt8(ascii: "\\"): isEscaped = true
    case UInt8(ascii: "'"):
      // To some shells a quote of its own with escapes, to others a $ and a plain quote.
      if isBehindDollar { doubtFrom("$'…'") }
      quote = .single
    case UInt8(ascii: "\""): push(.double)
    case UInt8(ascii: "`"): push(.backquotes)
    case UInt8(ascii: "$"): dollar = .sign
    case UInt8(ascii: "#") where begins: quote = .comment
    case UInt8(ascii: "\n"):
      if let end = documents.skip(from: offset + 1, in: text) { resume = end }
    case UInt8(ascii: "<"):
      if let end = documents.begin(at: offset, in: text) { resume = end }
    case UInt8(ascii: "("):
      if begins, offset + 1 < text.count, text[offset + 1] == byte {
        push(.looseArithmetic)
        resume = offset + 2
      } else {
        parentheses[frames.count - 1] += 1
      }
    case UInt8(ascii: ")"): closeParenthesis()
    default: break
    }
  }

  private mutating func closeParenthesis() {
    if parentheses[frames.count - 1] > 0 {
      parentheses[frames.count - 1] -= 1
    } else if frames.count > 1 {
      pop()
    }
  }

  private mutating func readDouble(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): pop()
    case UInt8(ascii: "\\"): isEscaped = true
    case UInt8(ascii: "`"): push(.backquotes)
    case UInt8(ascii: "$"): dollar = .sign
    default: break
    }
  }

  /// In `$((…))` and `${…}`.
  private mutating func readNested(_ byte: UInt8, at offset: Int, closing: String) {
    if "'\"`".utf8.contains(byte) { doubtFrom("quotes in ${…} or ((…))") }
    if byte == UInt8(ascii: "\\") { isEscaped = true }
    if byte == UInt8(ascii: "$") { dollar = .sign }
    if byte == UInt8(ascii: "(") { parentheses[frames.count - 1] += 1 }
    if byte == UInt8(ascii: ")"), parentheses[frames.count - 1] > 0 {
      parentheses[frames.count - 1] -= 1
    } else if text[offset...].starts(with: closing.utf8) {
      resume = offset + closing.utf8.count
      pop()
    }
  }

  private mutating func readBackquotes(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "`"): pop()
    case UInt8(ascii: "\\"): isEscaped = true
    case UInt8(ascii: "'"), UInt8(ascii: "\""): doubtFrom("quotes in backquotes")
    default: break
    }
  }

  private mutating func push(_ frame: Frame) {
    frames.append(frame)
    parentheses.append(0)
    isWordStart = frame == .command
  }

  private mutating func pop() {
    frames.removeLast()
    parentheses.removeLast()
    isWordStart = false
  }

  private mutating func doubtFrom(_ what: String) { doubt = doubt ?? what }

  private func isWord(_ word: String, at offset: Int) -> Bool {
    let end = offset + word.utf8.count
    return text[offset...].starts(with: word.utf8) && end < text.count && text[end].isBlank
  }

  mutating func place(of range: Range<Int>) -> ValuePlace {
    if range.lowerBound < resume {
      return .refused(
        "stands in a here-document", advice: "put it into a variable before, and name that here")
    }
    if quote == .comment { return .comment }
    if let doubt { return .uncertain(doubt) }
    if let documents = documents.doubt { return .uncertain(documents) }
    if isEscaped {
      isEscaped = false
      return .behindBackslash
    }
    let isDouble = frames == [.command, .double]
    guard isDouble || frames == [.command] else {
      return .refused(
        "stands in a substitution", advice: "put it into a variable before, and name that here")
    }
    if let reader = command.secondReader {
      return .refused(
        "stands in a command of \(reader), which reads its words once more",
        advice:
          "put it into a variable of the environment before, and name that there in single quotes")
    }
    if quote == .single { return .filled(.shellSingle) }
    if dollar == .sign || (dollar == .name && isDouble) {
      return .refused(
        "stands right behind a $ or a variable's name", advice: "write ${NAME}, or a space between")
    }
    dollar = .none
    isWordStart = false
    return isDouble ? .filled(.shellDouble) : .filled(.shellSingle, quote: "'")
  }

  func end() -> PlaceProblem? {
    let isOpen = quote == .single || frames.count > 1
    return isOpen && doubt == nil ? .here("the last quote is not closed", advice: nil) : nil
  }
}

extension ValuePlace {
  fileprivate static func uncertain(_ cause: String) -> ValuePlace {
    .refused(
      "stands in or behind \(cause), and what quotes it is in cannot be told for certain",
      advice: "put it into a variable before that")
  }
}

extension UInt8 {
  fileprivate var isInShellName: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
}
