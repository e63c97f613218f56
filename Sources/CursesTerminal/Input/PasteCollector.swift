internal import Basics
internal import Secrets

/// Takes the bytes of a paste, wherever reads have cut them: up to its end mark, or where the terminal sets no marks for as
/// long as its reader says.
struct PasteCollector: ~Copyable {
  /// `ESC [ 201 ~`.
  static let endMark: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]
  /// `ESC [ 200 ~`.
  private static let startMark: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x30, 0x7E]

  private(set) var isActive = false
  /// Whether an end mark will come.
  private(set) var isMarked = true
  private var content = SecretBuffer(capacity: 0)
  private var isCut = false
  /// How many bytes of the content were counted, and how many characters they are.
  private var counted = (bytes: 0, characters: 0)
  private var block = KeyBlockSearch()

  /// What came of some bytes.
  struct Progress: Equatable {
    /// How many of them were taken. The rest may be the beginning of the end mark, or lies behind it.
    let taken: Int
    let isComplete: Bool
  }

  mutating func begin() {
    content = SecretBuffer(capacity: SecretBuffer.fileCapacity)
    isCut = false
    isActive = true
    isMarked = true
    counted = (0, 0)
    block = KeyBlockSearch()
  }

  /// Begins a paste without marks.
  ///
  /// - Parameter typed: what of it was taken for keys already.
  mutating func begin(with typed: borrowing SecretBuffer) {
    begin()
    isMarked = false
    append(typed, 0..<typed.count)
  }

  /// Takes bytes of a paste without marks: all of them, or those before the mark that begins the next paste.
  ///
  /// - Returns: how many were taken.
  mutating func collectAll(from input: borrowing SecretBuffer, _ range: Range<Int>) -> Int {
    let mark = input.withBytes { bytes in
      bytes.extracting(range).firstOffset(of: PasteCollector.startMark)
    }
    let taken = mark.map { range.lowerBound..<range.lowerBound + $0 } ?? range
    append(input, taken)
    return taken.count
  }

  /// Whether a key file has begun and its last line has not come.
  var isInsideBlock: Bool { block.isInside }

  /// How many characters have come in all; nil when no more than were told of the last time.
  mutating func news() -> Int? {
    guard counted.bytes < content.count else { return nil }
    let new = counted.bytes..<content.count
    counted.characters += content.withBytes { bytes in
      new.count { bytes[$0] & 0xC0 != 0x80 }
    }
    counted.bytes = content.count
    return counted.characters
  }

  /// Takes what belongs to the paste from `input`, starting at `start`. An Escape that does not begin the end mark is
  /// content like any other byte.
  mutating func collect(from input: borrowing SecretBuffer, at start: Int) -> Progress {
    var position = start
    while position < input.count {
      let run = input.withBytes { bytes in PasteCollector.plainLength(bytes, from: position) }
      if run > 0 {
        append(input, position..<position + run)
        position += run
        continue
      }
      let match = input.withBytes { bytes in PasteCollector.matchLength(bytes, at: position) }
      if match == PasteCollector.endMark.count {
        return Progress(taken: position + match - start, isComplete: true)
      }
      if position + match == input.count { break }
      append(input, position..<position + 1)
      position += 1
    }
    return Progress(taken: position - start, isComplete: false)
  }

  /// Notes that the end may be missing.
  mutating func breakOff() { isCut = true }

  /// The paste, marks removed.
  mutating func finish() -> PastedText {
    isActive = false
    let text = exchange(&content, with: SecretBuffer(capacity: 0))
    return PastedText(text: text, isCut: isCut)
  }

  /// Keeps as much as there is room for.
  private mutating func append(_ input: borrowing SecretBuffer, _ range: Range<Int>) {
    let room = content.capacity - content.count
    let kept = range.lowerBound..<min(range.upperBound, range.lowerBound + room)
    if kept.count < range.count { isCut = true }
    PasteCollector.copy(input, kept, to: &content)
    if isMarked { return }
    var block = block
    content.withBytes { block.goOn(in: $0) }
    self.block = block
  }

  private static func copy(
    _ input: borrowing SecretBuffer, _ range: Range<Int>, to content: inout SecretBuffer
  ) {
    input.withBytes { bytes in _ = content.append(bytes.extracting(range)) }
  }

  private static func plainLength(_ bytes: RawSpan, from start: Int) -> Int {
    var end = start
    while end < bytes.byteCount, byte(bytes, end) != endMark[0] { end += 1 }
    return end - start
  }

  /// How many bytes of the end mark stand at a place.
  private static func matchLength(_ bytes: RawSpan, at start: Int) -> Int {
    var length = 0
    while length < endMark.count, start + length < bytes.byteCount,
      byte(bytes, start + length) == endMark[length]
    {
      length += 1
    }
    return length
  }

  private static func byte(_ bytes: RawSpan, _ offset: Int) -> UInt8 {
    unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }
}

/// A whole paste.
struct PastedText: ~Copyable {
  let text: SecretBuffer
  let isCut: Bool

  consuming func contents() -> SecretBuffer { text }
}
