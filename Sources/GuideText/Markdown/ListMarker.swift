internal import Basics

/// The mark at the beginning of a list item.
struct ListMarker {
  let marker: ListItem.Marker
  /// The item's text on the line of the mark.
  let content: ArraySlice<UInt8>

  /// Reads `- x`, `* x`, `+ x`, `3. x` and `3) x`, and the spellings without a space that occur in real guides:
  /// `3.You`, `-Make`.
  init?(_ line: SourceLine) {
    let text = line.content
    guard let first = text.first else { return nil }
    switch first {
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
      let rest = text.dropFirst()
      guard Self.isSpaced(rest) || (first == UInt8(ascii: "-") && Self.beginsText(rest)) else {
        return nil
      }
      marker = .bullet
      content = rest.trimmed
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let digits = text.prefix(while: \.isDigit)
      let rest = text.dropFirst(digits.count)
      guard digits.count <= 9, let end = rest.first, let number = Int(digits.string),
        end == UInt8(ascii: ".") || end == UInt8(ascii: ")")
      else { return nil }
      let text = rest.dropFirst()
      guard Self.isSpaced(text) || Self.beginsText(text) else { return nil }
      marker = .number(number)
      content = text.trimmed
    default: return nil
    }
  }

  /// The mark with a box behind it taken for a part of it: `- [x] Done`. A number stays, and the box is text.
  var asTask: (marker: ListItem.Marker, content: ArraySlice<UInt8>) {
    let box = Array(content.prefix(4))
    guard marker == .bullet, box.count == 4, box[0] == UInt8(ascii: "["),
      box[2] == UInt8(ascii: "]"),
      box[3] == 0x20 || box[3] == 0x09, let isDone = Self.ticks[box[1]]
    else { return (marker, content) }
    return (.task(isDone: isDone), content.dropFirst(4).trimmed)
  }

  private static let ticks: [UInt8: Bool] = [
    0x20: false, UInt8(ascii: "x"): true, UInt8(ascii: "X"): true,
  ]

  private static func isSpaced(_ rest: ArraySlice<UInt8>) -> Bool {
    switch rest.first {
    case nil, 0x20, 0x09: true
    // A no-break space, from a word processor.
    case 0xC2: rest.dropFirst().first == 0xA0
    default: false
    }
  }

  /// Whether a mark without a space stands before a sentence: a word of two letters, bold text, a link, code,
  /// something in quotes or brackets, or a sign beyond ASCII. `-h`, `1.5` and `2.x` are no marks.
  private static func beginsText(_ rest: ArraySlice<UInt8>) -> Bool {
    guard let first = rest.first, let second = rest.dropFirst().first else { return false }
    switch first {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return second.isLetter || second == 0x20
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return second.isLetter && isWord(rest)
    case UInt8(ascii: "*"): return second == UInt8(ascii: "*")
    case UInt8(ascii: "["), UInt8(ascii: "`"), UInt8(ascii: "\""), UInt8(ascii: "("): return true
    default: return first >= 0x80
    }
  }

  /// Whether the letters go on up to a space: `-make it`, but not `-nodes=1` or `7.example.com`.
  private static func isWord(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.drop(while: \.isLetter).first == 0x20
  }
}
