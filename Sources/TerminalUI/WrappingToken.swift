internal import Basics

/// A piece of text that stays together on a line.
struct WrappingToken {
  enum Kind { case word, blank, lineBreak }

  let kind: Kind
  private(set) var runs: [StyledText] = []
  private(set) var width = 0

  init(kind: Kind, runs: [StyledText] = [], width: Int = 0) {
    self.kind = kind
    self.runs = runs
    self.width = width
  }

  /// Whether a web address stands in it.
  var isAddress: Bool {
    kind == .word && runs.map(\.text).joined().holds("://")
  }

  /// The tokens of styled text. A word goes on over the border of two styles.
  static func tokens(of runs: [StyledText]) -> [WrappingToken] {
    var tokens: [WrappingToken] = []
    var previous: Unicode.Scalar?
    for run in runs {
      let scalars = run.text.unicodeScalars
      var start = scalars.startIndex
      while start < scalars.endIndex {
        let first = scalars[start]
        let end = pieceEnd(from: start, first, in: run.text)
        let piece = StyledText(String(run.text[start..<end]), run.style)
        let kind = kind(of: first)
        if let last = tokens.last, last.kind == kind, kind != .lineBreak,
          kind == .blank || !mayBreak(between: previous, and: first)
        {
          tokens[tokens.count - 1].append(piece)
        } else {
          tokens.append(WrappingToken(kind: kind))
          if kind != .lineBreak { tokens[tokens.count - 1].append(piece) }
        }
        let last = scalars[scalars.index(before: end)]
        // A mark does not change what the character under it allows.
        if Width.of(last) > 0 { previous = last }
        start = end
      }
    }
    return tokens
  }

  /// Where what stays together with a scalar ends for certain: ASCII of its kind is taken at once, anything else one by
  /// one. No line ends between two characters of ASCII but at a blank.
  private static func pieceEnd(
    from start: String.Index, _ first: Unicode.Scalar, in text: String
  ) -> String.Index {
    guard first.isASCII, kind(of: first) != .lineBreak else {
      return text.unicodeScalars.index(after: start)
    }
    let isBlank = first == " "
    let bytes = text.utf8
    var end = bytes.index(after: start)
    while end < bytes.endIndex {
      let byte = bytes[end]
      guard byte < 0x80, byte != 0x0A, (byte == 0x20) == isBlank else { break }
      end = bytes.index(after: end)
    }
    return end
  }

  private mutating func append(_ piece: StyledText) {
    if runs.last?.style == piece.style {
      runs[runs.count - 1].text += piece.text
    } else {
      runs.append(piece)
    }
    width += piece.width
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x0A: .lineBreak
    case 0x20, 0x1680, 0x2000...0x2006, 0x2008...0x200A, 0x205F, 0x3000: .blank
    default: .word
    }
  }

  /// Whether a line may end between two characters of which neither is a space.
  private static func mayBreak(
    between left: Unicode.Scalar?, and right: Unicode.Scalar
  ) -> Bool {
    guard right.value >= 0x300 || (left?.value ?? 0) >= 0x300, let left else { return false }
    guard Width.of(right) > 0, Width.of(left) == 2 || Width.of(right) == 2 else { return false }
    return !isOpening(left) && !isClosing(right)
  }

  private static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .openPunctuation, .initialPunctuation: true
    default: false
    }
  }

  private static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .closePunctuation, .finalPunctuation, .otherPunctuation: true
    default: false
    }
  }
}
