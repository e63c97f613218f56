internal import Basics

/// Takes a file out of the armor while its text comes, line by line, and no more leniently than its rules are.
struct AgeArmorDecoder {
  private enum Place { case before, inside, behindLastLine, behind }

  private static let carriageReturn = UInt8(ascii: "\r")
  /// More than any line of an armor has.
  private static let lineLimit = 128

  private var place = Place.before
  /// What has come of the line that is not whole yet.
  private var line: [UInt8] = []

  /// - Returns: the bytes of the lines that are whole now.
  mutating func decode(_ text: [UInt8]) throws(AgeError) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text[...]
    while !rest.isEmpty {
      if place == .before, line.isEmpty {
        rest = rest.drop(while: \.isMarkupBlank)
        if rest.isEmpty { break }
      }
      if place == .behind {
        guard rest.allSatisfy(\.isMarkupBlank) else { throw .armor("something follows its end") }
        break
      }
      let end = rest.firstIndex(of: AgeArmor.lineFeed)
      line += rest[..<(end ?? rest.endIndex)]
      rest = end.map { rest[($0 + 1)...] } ?? []
      if end != nil || isEnd { bytes += try takeLine() }
      guard line.count <= Self.lineLimit else { throw Self.wrongLength }
    }
    return bytes
  }

  /// To be called once when nothing more comes.
  mutating func finish() throws(AgeError) -> [UInt8] {
    let bytes = try line.isEmpty ? [] : takeLine()
    guard place == .behind else {
      throw .armor(
        place == .before
          ? "it does not begin with the line of an armored age file"
          : "it does not end with the line of an armored age file")
    }
    return bytes
  }

  /// Whether the last line stands there; blanks may follow it without an end.
  private var isEnd: Bool { line.starts(with: AgeArmor.end) }

  private mutating func takeLine() throws(AgeError) -> [UInt8] {
    defer { line = [] }
    if line.last == Self.carriageReturn { line.removeLast() }
    if place == .before {
      guard line == AgeArmor.begin else {
        throw .armor("it does not begin with the line of an armored age file")
      }
      place = .inside
      return []
    }
    if isEnd {
      guard line.dropFirst(AgeArmor.end.count).allSatisfy(\.isMarkupBlank) else {
        throw .armor("something follows its end")
      }
      place = .behind
      return []
    }
    // Every line is full but the last one, which holds at least one character.
    guard place == .inside, (1...AgeArmor.columns).contains(line.count) else {
      throw Self.wrongLength
    }
    guard let bytes = Base64.padded.decode(line) else {
      throw .armor("the armor is not canonical base64")
    }
    if bytes.count < AgeArmor.lineBytes { place = .behindLastLine }
    return bytes
  }

  private static let wrongLength = AgeError.armor("a line of the armor has the wrong length")
}
