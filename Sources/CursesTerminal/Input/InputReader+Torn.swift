internal import Basics
internal import Secrets

/// Sequences that came in pieces too far apart.
extension InputReader {
  mutating func remember(_ count: Int) {
    let (start, lastRead) = (start, lastRead)
    guard count > 0 else { return }
    var torn = torn
    buffer.withBytes { bytes in
      torn.remember(
        unsafe bytes.extracting(start..<start + count)._unsafeView(as: UInt8.self), at: lastRead)
    }
    self.torn = torn
  }

  /// Puts the beginning that was given up in front of the rest of it. A key is lost then, which can be pressed again.
  ///
  /// - Returns: whether that took bytes, or waits for more.
  mutating func resumesTorn() -> Bool {
    guard !torn.bytes.isEmpty, start < buffer.count else { return false }
    let (torn, start, lastRead) = (torn, start, lastRead)
    let continuation = buffer.withBytes { bytes in
      torn.continuation(
        in: unsafe bytes.extracting(start...)._unsafeView(as: UInt8.self), at: lastRead)
    }
    switch continuation {
    case .begun where lastRead.advanced(by: KeyDecoder.sequencePatience) > now:
      decision = lastRead.advanced(by: KeyDecoder.sequencePatience)
      return true
    case .whole(let count): return resume(torn.bytes, taking: count)
    case .begun, .none:
      self.torn.forget()
      return false
    }
  }

  private mutating func resume(_ beginning: [UInt8], taking count: Int) -> Bool {
    torn.forget()
    var sequence = beginning
    buffer.withBytes { bytes in
      for offset in start..<start + count { sequence.append(bytes[offset]) }
    }
    let isEndMark = sequence == PasteCollector.endMark
    let item = decoder.decode(sequence.span, isFinal: true).item
    guard isEndMark || item != .ignored else { return false }
    tearsSequences = true
    consume(count)
    if item == .pasteStart { collector.begin() }
    return true
  }
}
