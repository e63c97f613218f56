/// Brings names and what people type into one form: small letters without marks above or below them, words separated
/// by one space. Both sides of a search are folded by it.
enum SearchText {
  /// Names are cut off here, in bytes: nobody types more.
  private static let limit = 200

  /// What is searched of a provider: its name, a line end, and its slug where it says more than the name.
  static func of(name: String, slug: String) -> [UInt8] {
    let name = folded(name)
    let slug = folded(slug)
    return name + [separator] + (slug == name ? [] : slug)
  }

  /// Between the name and the slug. Sorts before everything else, so that a name stands before its continuations.
  static let separator = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")

  /// UTF-8.
  static func folded(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(min(text.utf8.count, limit))
    var needsSpace = false
    for scalar in text.unicodeScalars where result.count < limit {
      let piece = piece(of: scalar)
      switch piece {
      case .mark: continue
      case .gap:
        needsSpace = !result.isEmpty
        continue
      case .letter, .letters: break
      }
      if needsSpace { result.append(space) }
      needsSpace = false
      switch piece {
      case .letter(let byte): result.append(byte)
      case .letters(let bytes): result += bytes
      case .gap, .mark: break
      }
    }
    return result
  }

  /// What a scalar stands for. Nearly all are one letter, which needs no array of its own.
  private enum Piece {
    case letter(UInt8)
    case letters([UInt8])
    /// Separates words.
    case gap
    /// Only decorates what is before it.
    case mark
  }

  private static func piece(of scalar: Unicode.Scalar) -> Piece {
    switch scalar {
    case "a"..."z", "0"..."9": return .letter(UInt8(scalar.value))
    case "A"..."Z": return .letter(UInt8(scalar.value) | 0x20)
    case "'", "’": return .mark
    case let scalar where scalar.isASCII: return .gap
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return .mark
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter,
      .decimalNumber, .letterNumber, .otherNumber, .spacingMark:
      let letters = base(of: scalar) ?? Array(scalar.properties.lowercaseMapping.utf8)
      return letters.isEmpty ? .gap : .letters(letters)
    default: return .gap
    }
  }

  /// `é` is called LATIN SMALL LETTER E WITH ACUTE, and `æ` LATIN SMALL LETTER AE: the names in Unicode's own tables
  /// say which letters people type for it.
  private static func base(of scalar: Unicode.Scalar) -> [UInt8]? {
    if scalar == "ß" || scalar == "ẞ" { return Array("ss".utf8) }
    guard let name = scalar.properties.name else { return nil }
    let words = name.split(separator: " ")
    guard words.first == "LATIN" || words.first == "FULLWIDTH",
      let kind = words.firstIndex(where: { $0 == "LETTER" || $0 == "LIGATURE" }),
      kind + 1 < words.count
    else { return nil }
    let letter = words[kind + 1]
    let isWhole = kind + 2 == words.count || words[kind + 2] == "WITH"
    if letter == "DOTLESS", kind + 2 < words.count {
      return Array(words[kind + 2].lowercased().utf8)
    }
    return isWhole && letter.utf8.count <= 2 ? Array(letter.lowercased().utf8) : nil
  }
}

/// Which letters and digits occur in a text. Most providers lack a letter of what somebody types, and need no closer
/// look.
struct LetterMask: OptionSet, Sendable {
  let rawValue: UInt64

  init(rawValue: UInt64) { self.rawValue = rawValue }

  /// - Parameter text: folded.
  init(of text: [UInt8]) {
    var bits: UInt64 = 0
    for byte in text {
      if let place = LetterMask.place(of: byte) { bits |= 1 << UInt64(place) }
    }
    rawValue = bits
  }

  /// Which bit stands for a letter: those beyond ASCII share 28. Nil for what separates words.
  static func place(of byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a"))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): 26 + Int(byte - UInt8(ascii: "0"))
    case SearchText.space, SearchText.separator: nil
    default: 36 + Int(byte % 28)
    }
  }
}
