/// What text that came without the marks of a paste looks like, and so what it is: typed, or pasted where the terminal has
/// no marks for it (the paste of GNU screen, `tmux paste-buffer` without `-p`, a serial line).
///
/// The rule: what arrives faster than a person types is one paste, whatever its line ends, and nothing of it is a command.
/// Two things arrive as fast and are typed all the same, because they are too short to be told from a person on a slow line
/// or a script: a few characters, and one short line with Enter behind it.
struct TextShape: Equatable {
  /// So few characters may be keys on a screen where keys are commands.
  static let fewest = 4
  /// From so many characters on it is told how many have come before a text has ended. A shorter one is better shown when it
  /// can be used: whoever sees it may press Enter at once, and a script does.
  static let long = 1024
  /// The longest text without a line end that counts as typed.
  private static let longestTyped = 15
  /// The longest line that counts as typed when Enter came along with it: two seconds of a fast typist.
  private static let longestLine = 20

  /// Characters of one text follow each other by less than this. No person types two keys after another so fast for long.
  static let keyGap = Duration.milliseconds(50)
  /// An Enter by itself waits so long for text that it would be the first, empty line of.
  static let enterGap = Duration.milliseconds(10)
  /// How far apart the pieces of a paste may arrive over a slow line.
  static let pieceGap = Duration.milliseconds(300)
  /// How long a key file's BEGIN line waits for more before its END line has come.
  static let blockPatience = Duration.seconds(2)
  /// One key that comes later than this behind a text is a person's, and ends the text.
  static let personGap = Duration.milliseconds(60)

  /// What is neither a line end nor a tab.
  private(set) var characters = 0
  private(set) var lineEnds = 0
  /// Whether text stands behind a line end or a tab: as keys, that would go into another field.
  private(set) var isParted = false
  private var tabs = 0
  private var previous: UInt8 = 0

  mutating func add(_ byte: UInt8) {
    switch byte {
    case 0x0A where previous == 0x0D: break
    case 0x0A, 0x0D: lineEnds += 1
    case 0x09: tabs += 1
    default:
      if lineEnds + tabs > 0 { isParted = true }
      if byte & 0xC0 != 0x80 { characters += 1 }
    }
    previous = byte
  }

  mutating func add(_ bytes: RawSpan) {
    for offset in 0..<bytes.byteCount {
      add(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
    }
  }

  /// Whether a person cannot have typed it.
  var isPaste: Bool {
    if isParted { return true }
    if lineEnds == 0 { return characters > TextShape.longestTyped }
    return characters > TextShape.longestLine || (lineEnds > 1 && characters >= TextShape.fewest)
  }

  /// How long it may still become more, and something else.
  var patience: Duration {
    if characters == 0 { return TextShape.enterGap }
    if lineEnds == 0 || characters < TextShape.fewest { return TextShape.keyGap }
    return TextShape.pieceGap
  }
}
