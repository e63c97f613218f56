internal import CLinux
internal import Glibc
internal import Secrets
internal import TerminalUI

/// What the terminal sent, byte by byte turned into keys and pastes. The bytes lie in locked memory and are wiped as soon
/// as all of them are used.
///
/// ncurses is not asked for keys: `get_wch` loses a character whose bytes arrive in two reads, swallows what follows an
/// invalid byte, and reads a paste with one system call a byte.
struct InputReader: ~Copyable {
  enum Item: ~Copyable {
    case key(Key)
    case paste(PastedText)
    /// Nothing that is complete.
    case none
  }

  /// Far more than anyone types ahead; a long paste takes several reads.
  private static let bufferSize = 16 * 1024
  /// A paste that got nothing for this long may be ended by Control-C alone: its end mark may be lost.
  private static let pastePatience = Duration.seconds(1)
  private static let controlC: UInt8 = 0x03

  private let decoder: KeyDecoder
  private var buffer = SecretBuffer(capacity: InputReader.bufferSize)
  /// The first byte of `buffer` that is not used yet.
  private var start = 0
  private var collector = PasteCollector()
  private var lastRead = ContinuousClock.now
  /// When the item that is not complete yet was first seen.
  private var began: ContinuousClock.Instant?
  /// Until when it may become more; nil when there is none, or new bytes have come since it was looked at.
  private(set) var decision: ContinuousClock.Instant?

  init(decoder: KeyDecoder) {
    self.decoder = decoder
  }

  /// Whether there is input that `next` has not looked at or could not yet make sense of.
  var hasPending: Bool { start < buffer.count && decision == nil }

  /// Reads what is there without waiting. Returns false when the terminal is gone.
  mutating func read(from descriptor: Int32) -> Bool {
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
    let now = ContinuousClock.now
    if collector.isActive, buffer.count == before + 1, now - lastRead > InputReader.pastePatience {
      endStalledPaste()
    }
    if buffer.count > before {
      lastRead = now
      decision = nil
    }
    return isOpen
  }

  /// The next key or paste.
  mutating func next() -> Item {
    while start < buffer.count {
      if collector.isActive {
        guard let paste = collect() else { return .none }
        return .paste(paste)
      }
      let result = decodeFirst()
      switch result.item {
      case .incomplete: return .none
      case .key(let key):
        consume(result.length)
        return .key(key)
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
    let end = (began ?? lastRead).advanced(by: patience)
    if end <= .now { return decodeFirst(isFinal: true) }
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

  private mutating func collect() -> PastedText? {
    let progress = collector.take(from: buffer, at: start)
    consume(progress.taken)
    return progress.isComplete ? collector.finish() : nil
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

  private mutating func consume(_ count: Int) {
    start += count
    began = nil
    decision = nil
    if start == buffer.count {
      buffer.wipe()
      start = 0
    }
  }

  /// Makes room at the end.
  private mutating func compact() {
    guard start > 0 else { return }
    buffer.remove(0..<start)
    start = 0
  }
}
