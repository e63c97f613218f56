internal import Basics
internal import Secrets

/// Text without the marks of a paste.
extension InputReader {
  /// A text may begin with so many equal characters; a BEGIN line has five.
  private static let longestRepeat = 8

  /// Notes what new bytes mean for the text before them, by how late they came.
  mutating func recordArrival(from offset: Int, after gap: Duration) {
    let isHolding = offset > start || (collector.isActive && !collector.isMarked)
    guard isHolding else {
      if gap > TextShape.keyGap { typed.wipe() }
      slowestGap = .zero
      return
    }
    let isInsideBlock = collector.isActive && collector.isInsideBlock
    // What comes slowly all the time may come byte by byte.
    let usual = min(TextShape.pieceGap, max(TextShape.personGap, slowestGap * 3 / 2))
    if textEnd == nil, gap > (isInsideBlock ? TextShape.pieceGap : usual), isOneKey(from: offset) {
      textEnd = offset
    } else {
      slowestGap = max(slowestGap, gap)
    }
  }

  /// Whether the bytes behind an offset are what one key sends.
  private func isOneKey(from offset: Int) -> Bool {
    buffer.withBytes { bytes in
      let first = bytes[offset]
      let isControl = first < 0x20 && ![0x09, 0x0A, 0x0D].contains(first)
      let length = UTF8Form.length(ofFirst: first) ?? 1
      return isControl || first == 0x7F || bytes.byteCount - offset == length
    }
  }

  /// Whether a text can begin with a byte. A tab by itself is a key.
  func isText(at offset: Int) -> Bool {
    buffer.withBytes { bytes in
      guard InputReader.isText(bytes[offset]) else { return false }
      return bytes[offset] != 0x09
        || (offset + 1 < bytes.byteCount && InputReader.isText(bytes[offset + 1]))
    }
  }

  private static func isText(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0D, 0x20..<0x7F, 0x80...0xFF: true
    default: false
    }
  }

  /// Decides what the text is that comes next: keys, a paste, or nothing yet. Returns whether to wait for more.
  mutating func isWaitingForText() -> Bool {
    let limit = textEnd ?? buffer.count
    var (shape, own) = (TextShape(), TextShape())
    typed.withBytes { shape.add($0) }
    let end = buffer.withBytes { bytes in
      var end = start
      while end < limit, InputReader.isText(bytes[end]) {
        shape.add(bytes[end])
        own.add(bytes[end])
        end += 1
      }
      return end
    }
    if own.lineEnds == 0, giveOut(start..<end) {
      keysEnd = end
      return false
    }
    if shape.isPaste {
      beginText()
      return false
    }
    let patienceEnd = lastRead.advanced(by: shape.patience)
    let isOver = end < buffer.count || patienceEnd <= now
    if isOver {
      if goesIntoText || own.characters < TextShape.fewest {
        keysEnd = end
      } else {
        consume(end - start)
      }
      return false
    }
    decision = patienceEnd
    return true
  }

  /// Whether a character need not wait: the first one of a text, or the next of a key that is held down.
  private mutating func giveOut(_ range: Range<Int>) -> Bool {
    let isFirst = typed.isEmpty
    let (isOne, isRepeated, isBlank) = buffer.withBytes { bytes in
      let length = UTF8Form.length(ofFirst: bytes[range.lowerBound]) ?? 1
      let repeated = typed.withBytes { typed in
        range.count == 1 && typed.byteCount > 0
          && (0..<typed.byteCount).allSatisfy { typed[$0] == bytes[range.lowerBound] }
      }
      return (range.count == length, repeated, bytes[range.lowerBound] == 0x20)
    }
    guard isOne, goesIntoText || isBlank, isFirst || isRepeated else { return false }
    // A key that is held down is no paste: it has to be remembered no further.
    if typed.count >= InputReader.longestRepeat { typed.wipe() }
    buffer.withBytes { bytes in _ = typed.append(bytes, range) }
    return true
  }

  /// A paste begins, with what was taken for keys of it.
  private mutating func beginText() {
    if goesIntoText {
      var shape = TextShape()
      typed.withBytes { shape.add($0) }
      erasures = shape.characters
    }
    collector.begin(with: typed)
    typed.wipe()
  }

  /// What follows belongs to the paste, whatever it is, until nothing more comes or a person presses a key.
  mutating func collectText() -> PastedText? {
    let limit = textEnd ?? buffer.count
    let taken = collector.collectAll(from: buffer, start..<limit)
    let isFollowed = start + taken < buffer.count
    consume(taken)
    let patience = collector.isInsideBlock ? TextShape.blockPatience : TextShape.pieceGap
    let end = lastRead.advanced(by: patience)
    if isFollowed || end <= now {
      textEnd = nil
      return collector.finish()
    }
    decision = end
    return nil
  }
}
