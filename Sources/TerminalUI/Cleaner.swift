internal import Basics

/// One cleaning: what came before decides what a mark, a joiner or a line feed means.
struct Cleaner {
  private let keepingLineBreaks: Bool
  /// As UTF-8: to add a character to a text costs twenty times as much.
  private var output: [UInt8] = []
  /// Marks on the last character so far; nil where there is none that could carry one.
  private var marks: Int?
  private var isAfterEmoji = false
  /// A carriage return is held back: with a line feed behind it the two are one line break.
  private var isReturnPending = false

  init(keepingLineBreaks: Bool) {
    self.keepingLineBreaks = keepingLineBreaks
  }

  mutating func append(_ scalar: Unicode.Scalar) {
    if scalar == "\n" && keepingLineBreaks {
      isReturnPending = false
      put(scalar)
      startOver()
      return
    }
    flushReturn()
    if Cleaner.isPlain(scalar) {
      put(scalar)
      marks = 0
      isAfterEmoji = false
    } else if scalar == "\r" && keepingLineBreaks {
      isReturnPending = true
    } else if scalar == "\t" {
      show("    ")
    } else if scalar.value < 0x20 || scalar.value == 0x7F {
      // Caret notation: the character 64 further on, or 64 before for DEL.
      show("^" + String(Character(Unicode.Scalar(UInt8(scalar.value) ^ 0x40))))
    } else if isPartOfEmoji(scalar) {
      return
    } else if !Sanitizer.isSafe(scalar) {
      showCode(of: scalar)
    } else if Width.of(scalar) == 0 {
      appendMark(scalar)
    } else {
      put(scalar)
      marks = 0
      isAfterEmoji = scalar.properties.isEmojiPresentation || isEmojiSymbol(scalar)
    }
  }

  /// Whether nothing has to be asked of a character: ASCII, Latin letters, and the punctuation and boxes that our own pages
  /// are made of. All are safe, of one column, and no emoji; what Unicode says of one takes longer to look up.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F, 0xC0..<0x250, 0x2010..<0x2028, 0x2500..<0x25A0: true
    default: false
    }
  }

  /// Writes text of ours that stands for what was there. No mark may join it.
  mutating func show(_ text: String) {
    output += text.utf8
    startOver()
  }

  /// What has come of the text so far, once. What the next character means is still decided by what came before.
  mutating func take() -> String {
    defer { output.removeAll() }
    return String(decoding: output, as: UTF8.self)
  }

  mutating func finish() -> String {
    flushReturn()
    return String(decoding: output, as: UTF8.self)
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    if scalar.isASCII { output.append(UInt8(scalar.value)) } else { output += scalar.utf8 }
  }

  private mutating func appendMark(_ mark: Unicode.Scalar) {
    guard let count = marks else {
      showCode(of: mark)
      return
    }
    guard count < 2 else { return }
    put(mark)
    marks = count + 1
  }

  /// Whether it only changes the look of the character before it, in a way that terminals do not agree on.
  private func isPartOfEmoji(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF: true
    case 0x200D, 0x1F3FB...0x1F3FF: isAfterEmoji
    default: false
    }
  }

  /// An emoji that is text unless asked otherwise (a heart, an arrow); digits are emoji too, but not meant here.
  private func isEmojiSymbol(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && scalar.properties.isEmoji
  }

  private mutating func showCode(of scalar: Unicode.Scalar) {
    show("<U+" + Hexadecimal.text(UInt64(scalar.value), digits: 4, uppercase: true) + ">")
  }

  private mutating func flushReturn() {
    guard isReturnPending else { return }
    isReturnPending = false
    show("^M")
  }

  private mutating func startOver() {
    marks = nil
    isAfterEmoji = false
  }
}
