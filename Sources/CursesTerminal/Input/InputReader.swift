internal import Basics
internal import CLinux
internal import Glibc
internal import Secrets
internal import TerminalUI

/// What the terminal sent, byte by byte turned into keys and pastes. The bytes lie in locked memory and are wiped as soon
/// as all of them are used.
///
/// Text that comes without the marks of a paste is held back for as long as it may be one (`TextShape`). The first character
/// of it is not where it goes into a text anyway, so that typing waits for nothing; when it turns out to belong to a paste, it
/// is erased again.
///
/// ncurses is not asked for keys: `get_wch` loses a character whose bytes arrive in two reads, swallows what follows an
/// invalid byte, and reads a paste with one system call a byte.
struct InputReader: ~Copyable {
  enum Item: ~Copyable {
    case key(Key)
    case paste(PastedText)
    /// Text that came as fast as a paste does, without the marks of one.
    case unmarkedPaste(PastedText)
    /// So many characters of such a text have come, and more may. Told of a long one, for its end is known later.
    case arriving(Int)
    /// Nothing that is complete.
    case none
  }

  /// Far more than anyone types ahead; a long paste takes several reads.
  private static let bufferSize = 16 * 1024
  /// A paste that got nothing for this long may be ended by Control-C alone: its end mark may be lost.
  private static let pastePatience = Duration.seconds(1)
  private static let controlC: UInt8 = 0x03

  let decoder: KeyDecoder
  /// Whether text without marks can be a paste; else it is keys, however fast it comes.
  let findsPastes: Bool
  /// Whether characters go into a text at the moment. Elsewhere they are commands, and only single ones are.
  var goesIntoText = false
  var buffer = SecretBuffer(capacity: InputReader.bufferSize)
  /// The first byte of `buffer` that is not used yet.
  var start = 0
  var collector = PasteCollector()
  var lastRead = ContinuousClock.now
  /// The moment of the present call.
  var now = ContinuousClock.now
  /// When the item that is not complete yet was first seen.
  private var began: ContinuousClock.Instant?
  /// Until when it may become more; nil when there is none, or new bytes have come since it was looked at.
  var decision: ContinuousClock.Instant?
  var torn = TornSequence()
  /// Whether the line has torn a sequence: it will tear others.
  var tearsSequences = false
  /// Text of the present burst that was given out as keys, in case it belongs to a paste.
  var typed = SecretBuffer(capacity: 64)
  /// How many of these keys have to be erased again.
  var erasures = 0
  /// Where the bytes end that were found to be keys.
  var keysEnd = 0
  /// How far apart the pieces of the present text were at most.
  var slowestGap = Duration.zero
  /// When a carriage return was taken for Enter, whose line feed may follow.
  private var returnTime: ContinuousClock.Instant?
  /// Where a text ends because a person's key came behind it.
  var textEnd: Int?

  init(decoder: KeyDecoder, findsPastes: Bool = true) {
    self.decoder = decoder
    self.findsPastes = findsPastes
  }

  /// Whether there is input that `next` has not looked at or could not yet make sense of.
  var hasPending: Bool { erasures > 0 || (start < buffer.count && decision == nil) }

  /// Reads what is there without waiting. Returns false when the terminal is gone.
  mutating func read(from descriptor: Int32, at now: ContinuousClock.Instant = .now) -> Bool {
    self.now = now
    compact()
    let before = buffer.count
    var isOpen = true
    _ = unsafe buffer.appendInPlace(atMost: InputReader.bufferSize) { room in
      let count = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
      if count == 0 { isOpen = false }
      if count < 0 {
        isOpen = [EAGAIN, EINTR].contains(linux_errno())
        return 0
      }
      return count
    }
    if collector.isActive, collector.isMarked, buffer.count == before + 1,
      now - lastRead > InputReader.pastePatience
    {
      endStalledPaste()
    }
    if buffer.count > before {
      recordArrival(from: before, after: now - lastRead)
      lastRead = now
      decision = nil
    }
    return isOpen
  }

  /// The next key or paste.
  mutating func next(at now: ContinuousClock.Instant = .now) -> Item {
    self.now = now
    while start < buffer.count || erasures > 0 || (collector.isActive && !collector.isMarked) {
      if erasures > 0 {
        erasures -= 1
        return .key(.backspace)
      }
      if collector.isActive {
        if collector.isMarked {
          guard let paste = collect() else { return .none }
          return .paste(paste)
        }
        if let text = collectText() { return .unmarkedPaste(text) }
        guard goesIntoText, let characters = collector.news(), characters >= TextShape.long else {
          return .none
        }
        return .arriving(characters)
      }
      if start >= keysEnd, resumesTorn() {
        if decision != nil { return .none }
        continue
      }
      if findsPastes, start >= keysEnd, isText(at: start) {
        if isWaitingForText() { return .none }
        continue
      }
      if dropsLineFeed() { continue }
      let result = decodeFirst()
      switch result.item {
      case .incomplete: return .none
      case .key(let key):
        // A key that is no text parts what was typed before it from what comes.
        if start >= keysEnd { typed.wipe() }
        returnTime = key == .enter && byte(at: start) == 0x0D ? now : nil
        consume(result.length)
        return .key(key)
      case .undecodable: return .unmarkedPaste(takeUndecodable())
      case .ignored: consume(result.length)
      case .pasteStart:
        consume(result.length)
        collector.begin()
      }
    }
    return .none
  }

  /// Looks for a Control-C in what was typed ahead, and drops it with all that came before it. Drops everything when no
  /// more could be kept.
  mutating func takeInterrupt() -> Bool {
    let position = buffer.withBytes { bytes in
      (start..<bytes.byteCount).first { offset in
        unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self) == InputReader.controlC
      }
    }
    if let position { consume(position + 1 - start) }
    if buffer.count == buffer.capacity { consume(buffer.count - start) }
    return position != nil
  }

  /// Decodes what comes next. What is incomplete gets its time, and is taken as it is when that has passed.
  private mutating func decodeFirst() -> KeyDecoder.Result {
    let result = decodeFirst(isFinal: false)
    guard case .incomplete(let patience) = result.item else { return result }
    let end = (began ?? lastRead).advanced(by: tearsSequences ? patience * 4 : patience)
    if end <= now {
      let whole = decodeFirst(isFinal: true)
      remember(whole.length)
      return whole
    }
    began = began ?? lastRead
    decision = end
    return result
  }

  private func decodeFirst(isFinal: Bool) -> KeyDecoder.Result {
    buffer.withBytes { bytes in
      let unused = unsafe bytes.extracting(start...)._unsafeView(as: UInt8.self)
      return decoder.decode(unused, isFinal: isFinal)
    }
  }

  /// CR LF is one Enter.
  private mutating func dropsLineFeed() -> Bool {
    guard let time = returnTime else { return false }
    returnTime = nil
    guard now - time < TextShape.keyGap, byte(at: start) == 0x0A else { return false }
    consume(1)
    return true
  }

  private func byte(at offset: Int) -> UInt8 { buffer.withBytes { $0[offset] } }

  private mutating func collect() -> PastedText? {
    let progress = collector.collect(from: buffer, at: start)
    consume(progress.taken)
    return progress.isComplete ? collector.finish() : nil
  }

  /// A byte that is no character, as a paste: what a field makes of such bytes it says, and a key would have no words for it.
  private mutating func takeUndecodable() -> PastedText {
    let text = buffer.withBytes { bytes in
      SecretBuffer(copying: bytes.extracting(start..<start + 1))
    }
    consume(1)
    return PastedText(text: text, isCut: false)
  }

  private mutating func endStalledPaste() {
    let isControlC = buffer.withBytes { bytes in
      unsafe bytes.unsafeLoad(fromByteOffset: bytes.byteCount - 1, as: UInt8.self)
        == InputReader.controlC
    }
    guard isControlC else { return }
    // Replaced by the mark that should have come, so that there is one way out of a paste.
    collector.breakOff()
    buffer.remove(start..<buffer.count)
    for byte in PasteCollector.endMark { buffer.append(byte) }
  }

  mutating func consume(_ count: Int) {
    start += count
    began = nil
    decision = nil
    if let end = textEnd, end <= start { textEnd = nil }
    if start == buffer.count {
      // Wipes what was read; `wipe` would wipe all that could have been.
      buffer.remove(0..<buffer.count)
      start = 0
      keysEnd = 0
    }
  }

  /// Makes room at the end.
  private mutating func compact() {
    guard start > 0 else { return }
    buffer.remove(0..<start)
    keysEnd = max(0, keysEnd - start)
    textEnd = textEnd.map { max(0, $0 - start) }
    start = 0
  }
}
