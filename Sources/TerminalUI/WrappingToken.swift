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
    kind == .word && runs.map(\.text).joined().contains("://")
  }

  /// The tokens of styled text. A word goes on over the border of two styles.
  static func tokens(of runs: [StyledText]) -> [WrappingToken] {
    var tokens: [WrappingToken] = []
    var previous: Unicode.Scalar?
    for run in runs {
      for scalar in run.text.unicodeScalars {
        let kind = kind(of: scalar)
        if let last = tokens.last, last.kind == kind, kind != .lineBreak,
          kind == .blank || !mayBreak(between: previous, and: scalar)
        {
          tokens[tokens.count - 1].append(scalar, style: run.style)
        } else {
          tokens.append(WrappingToken(kind: kind))
          if kind != .lineBreak { tokens[tokens.count - 1].append(scalar, style: run.style) }
        }
        // A mark does not change what the character under it allows.
        if Width.of(scalar) > 0 { previous = scalar }
      }
    }
    return tokens
  }

  private mutating func append(_ scalar: Unicode.Scalar, style: Style) {
    if runs.last?.style != style { runs.append(StyledText("", style)) }
    runs[runs.count - 1].text.unicodeScalars.append(scalar)
    width += Width.of(scalar)
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
