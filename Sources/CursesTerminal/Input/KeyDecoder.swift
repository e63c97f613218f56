internal import Basics
internal import TerminalUI

/// Tells what the bytes from a terminal begin with. A pure function of the bytes, so that nothing a terminal sends can
/// bring it into a bad state.
///
/// Sequences are found by their grammar (ECMA-48: CSI, SS3, and the strings OSC, DCS, SOS, PM, APC), and only then looked
/// up: one that means no key (a mouse or focus report, a reply to a question we never asked) is swallowed whole.
struct KeyDecoder {
  enum Item: Equatable {
    case key(Key)
    /// Bytes without a meaning for us.
    case ignored
    /// A byte that is no part of a character in UTF-8: somebody typed it, in another encoding.
    case undecodable
    case pasteStart
    /// Could be more than what is here; after that time it counts as complete.
    case incomplete(patience: Duration)
  }

  /// An item and how many bytes it takes; none while it is incomplete.
  struct Result: Equatable {
    let item: Item
    let length: Int
  }

  /// How long after an Escape the rest of a key's sequence may take. Terminals send both in one piece, a line that is busy
  /// may tear them; a person is slower.
  static let escapePatience = Duration.milliseconds(100)
  /// How long a sequence or character that has clearly begun may take to arrive, over a slow line.
  static let sequencePatience = Duration.milliseconds(250)
  /// No key's sequence is longer; the strings that are swallowed may be.
  private static let longestControl = 64

  private let keys: KeySequences

  init(keys: KeySequences = KeySequences()) {
    self.keys = keys
  }

  /// Decodes the first item of `bytes`, which may not be empty. With `isFinal` what is there is all there is.
  func decode(_ bytes: Span<UInt8>, isFinal: Bool = false) -> Result {
    switch bytes[0] {
    case 0x1B: escape(bytes, isFinal: isFinal)
    case 0x00..<0x20, 0x7F: Result(item: .key(control(bytes[0])), length: 1)
    case 0x20..<0x7F: Result(item: .key(.character(Unicode.Scalar(bytes[0]))), length: 1)
    default: character(bytes, from: 0, isFinal: isFinal)
    }
  }

  private func control(_ byte: UInt8) -> Key {
    switch byte {
    case 0x08, 0x7F: .backspace
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x01...0x1A: .control(Unicode.Scalar(byte + 0x60))
    // Control and @, [, \, ], ^ or _.
    default: .control(Unicode.Scalar(byte + 0x40))
    }
  }

  // MARK: - Escape

  private func escape(_ bytes: Span<UInt8>, isFinal: Bool) -> Result {
    guard bytes.count > 1 else {
      return pending(Result(item: .key(.escape), length: 1), isFinal, KeyDecoder.escapePatience)
    }
    switch bytes[1] {
    case UInt8(ascii: "["): return controlSequence(bytes, isFinal: isFinal)
    case UInt8(ascii: "O"): return singleShift(bytes, isFinal: isFinal)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      return string(bytes, isFinal: isFinal)
    case 0x1B: return doubleEscape(bytes, isFinal: isFinal)
    case 0x7F, 0x08: return Result(item: .key(.control("w")), length: 2)
    case 0x00..<0x20: return Result(item: .key(.escape), length: 1)
    case 0x20..<0x7F: return alt(bytes[1])
    default:
      let inner = character(bytes, from: 1, isFinal: isFinal)
      guard case .key(.character(let scalar)) = inner.item else { return inner }
      return Result(item: .key(.alt(scalar)), length: inner.length)
    }
  }

  /// Escape twice is two keys, unless the second begins a sequence: that is how rxvt sends Alt and a cursor key.
  private func doubleEscape(_ bytes: Span<UInt8>, isFinal: Bool) -> Result {
    let first = Result(item: .key(.escape), length: 1)
    guard bytes.count > 2 else { return pending(first, isFinal, KeyDecoder.escapePatience) }
    guard bytes[2] == UInt8(ascii: "[") || bytes[2] == UInt8(ascii: "O") else { return first }
    let inner = escape(bytes.extracting(1...), isFinal: isFinal)
    if case .incomplete = inner.item { return inner }
    return Result(item: inner.item == .pasteStart ? .ignored : inner.item, length: inner.length + 1)
  }

  private func alt(_ byte: UInt8) -> Result {
    Result(item: .key(.alt(Unicode.Scalar(byte))), length: 2)
  }

  // MARK: - Sequences

  /// `ESC [`, parameters, intermediates, one final byte.
  private func controlSequence(_ bytes: Span<UInt8>, isFinal: Bool) -> Result {
    guard bytes.count > 2 else { return pending(alt(bytes[1]), isFinal) }
    // The Linux console's first function keys: ESC [ [ A.
    if bytes[2] == UInt8(ascii: "[") { return fixed(bytes, length: 4, isFinal: isFinal) }
    // X10 mouse: three bytes of any value follow.
    if bytes[2] == UInt8(ascii: "M") { return fixed(bytes, length: 6, isFinal: isFinal) }
    var end = 2
    while end < bytes.count, (0x20..<0x40).contains(bytes[end]) { end += 1 }
    guard end < bytes.count else {
      if end > KeyDecoder.longestControl { return Result(item: .ignored, length: end) }
      return pending(Result(item: .ignored, length: end), isFinal)
    }
    // A byte that has no place here ends the sequence and is looked at again by itself.
    guard (0x40..<0x7F).contains(bytes[end]) else { return Result(item: .ignored, length: end) }
    return Result(item: keys.item(for: bytes.extracting(..<(end + 1))), length: end + 1)
  }

  /// `ESC O`, a digit for the modifiers on some terminals, one final byte.
  private func singleShift(_ bytes: Span<UInt8>, isFinal: Bool) -> Result {
    guard bytes.count > 2 else { return pending(alt(bytes[1]), isFinal) }
    let end = (0x30..<0x3A).contains(bytes[2]) ? 3 : 2
    guard end < bytes.count else {
      return pending(Result(item: .ignored, length: end), isFinal)
    }
    guard (0x20..<0x7F).contains(bytes[end]) else { return Result(item: .ignored, length: end) }
    return Result(item: keys.item(for: bytes.extracting(..<(end + 1))), length: end + 1)
  }

  /// Everything up to the string terminator, `ESC \` or BEL.
  private func string(_ bytes: Span<UInt8>, isFinal: Bool) -> Result {
    var end = 2
    while end < bytes.count {
      if bytes[end] == 0x07 { return Result(item: .ignored, length: end + 1) }
      if bytes[end] == 0x1B {
        guard end + 1 < bytes.count else { break }
        let isTerminator = bytes[end + 1] == UInt8(ascii: "\\")
        return Result(item: .ignored, length: isTerminator ? end + 2 : end)
      }
      end += 1
    }
    let whole = Result(item: .ignored, length: bytes.count)
    return pending(bytes.count == 2 ? alt(bytes[1]) : whole, isFinal)
  }

  private func fixed(_ bytes: Span<UInt8>, length: Int, isFinal: Bool) -> Result {
    guard bytes.count >= length else {
      return pending(Result(item: .ignored, length: bytes.count), isFinal)
    }
    return Result(item: keys.item(for: bytes.extracting(..<length)), length: length)
  }

  // MARK: - UTF-8

  /// One character. A byte that cannot begin one, or is not continued, is told: what vanished would be missing in a key.
  private func character(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool) -> Result {
    let bad = Result(item: start > 0 ? .ignored : .undecodable, length: start + 1)
    guard let count = UTF8Form.length(ofFirst: bytes[start]) else { return bad }
    var bits = UTF8Form.bits(ofFirst: bytes[start], length: count)
    for offset in 1..<count {
      guard start + offset < bytes.count else { return pending(bad, isFinal) }
      guard let more = UTF8Form.adding(bytes[start + offset], to: bits) else { return bad }
      bits = more
    }
    let end = start + count
    guard let scalar = UTF8Form.scalar(bits, length: count) else { return bad }
    // C1 controls are no keys, and no sequences either in UTF-8.
    if scalar.value < 0xA0 { return Result(item: .ignored, length: end) }
    return Result(item: .key(.character(scalar)), length: end)
  }

  /// What is there could be more: wait, unless nothing more came.
  private func pending(
    _ whole: Result, _ isFinal: Bool, _ patience: Duration = KeyDecoder.sequencePatience
  ) -> Result {
    isFinal ? whole : Result(item: .incomplete(patience: patience), length: 0)
  }
}
