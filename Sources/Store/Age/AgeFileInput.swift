internal import Basics

/// The bytes of an age file while they come, out of their armor where there is one.
struct AgeFileInput {
  /// The next bytes, as many as there are; none at the end.
  typealias Source = () throws(SystemError) -> [UInt8]

  /// In bytes. Headers have some hundred for each recipient, post-quantum ones 1.6 KB.
  static let headerLimit = 1024 * 1024

  private let source: Source
  private var armor: AgeArmorDecoder?
  private var isAtEnd = false
  /// What has come and was not taken.
  private(set) var bytes: [UInt8] = []

  init(_ source: @escaping Source) throws(AgeReadingError) {
    self.source = source
    // Blanks may stand in front of an armor.
    var text: [UInt8] = []
    repeat {
      let piece = try Self.read(source)
      isAtEnd = piece.isEmpty
      text += piece
    } while !isAtEnd && text.count < Self.headerLimit
      && text.drop(while: \.isMarkupBlank).count < AgeArmor.begin.count
    if AgeArmor.isArmored(text) { armor = AgeArmorDecoder() }
    try take(text)
    if isAtEnd { try finish() }
  }

  /// Reads until there are so many bytes, or no more.
  /// - Returns: whether there are.
  mutating func fill(to count: Int) throws(AgeReadingError) -> Bool {
    while bytes.count < count {
      guard try readOn() else { return false }
    }
    return true
  }

  /// Reads some more.
  /// - Returns: whether there was anything.
  mutating func readOn() throws(AgeReadingError) -> Bool {
    if isAtEnd { return false }
    let piece = try Self.read(source)
    isAtEnd = piece.isEmpty
    try take(piece)
    if isAtEnd { try finish() }
    return true
  }

  /// Takes the first bytes, which have to be there.
  mutating func remove(_ count: Int) -> [UInt8] {
    defer { bytes.removeFirst(count) }
    return Array(bytes[..<count])
  }

  private mutating func take(_ piece: [UInt8]) throws(AgeReadingError) {
    bytes += try AgeReadingError.explained { () throws(AgeError) in
      try armor?.decode(piece) ?? piece
    }
  }

  private mutating func finish() throws(AgeReadingError) {
    bytes += try AgeReadingError.explained { () throws(AgeError) in try armor?.finish() ?? [] }
  }

  private static func read(_ source: Source) throws(AgeReadingError) -> [UInt8] {
    do throws(SystemError) {
      return try source()
    } catch {
      throw .source(error)
    }
  }
}
