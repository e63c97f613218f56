internal import CLinux

/// Bytes that must not leave this process by accident: typed values, keys, opened records.
///
/// The bytes live in pages of their own between two guard pages (`SecretPages`). Pages are locked against swapping as they
/// come into use, are left out of core dumps, are zero in a forked child, and are wiped before they are given back. The buffer
/// never grows past the capacity it was made with, so no stale copy is left behind by a reallocation.
///
/// The type cannot be copied, printed, compared or interpolated; reading is possible only inside `withBytes`.
/// `duplicate()` is the single way to a second copy, so a search for that word lists every copy in the program.
@safe
package struct SecretBuffer: ~Copyable, @unchecked Sendable {
  /// What one line of input may hold, in bytes. Larger than any key of the known providers, small enough to lock
  /// many of them under a limit of 8 MiB.
  package static let lineCapacity = 64 * 1024
  /// What a key file (PEM, JWK, service account JSON) may hold, in bytes.
  package static let fileCapacity = 1024 * 1024

  private let pages: SecretPages
  private var base: UnsafeMutableRawPointer { unsafe pages.base }
  /// How many bytes from `base` have been locked (or tried to be) so far.
  private var lockedSize = 0
  /// The most bytes that were ever in use: what `deinit` has to wipe.
  private var highWater = 0

  /// The most bytes this buffer can hold.
  package let capacity: Int
  /// How many bytes it holds.
  package private(set) var count = 0
  /// Whether every page in use is locked in memory. False where the system's limit is too small; the value is then
  /// still wiped and kept out of core dumps.
  package private(set) var isLocked = true

  /// Makes an empty buffer. Traps when the system has no address space left, which leaves nothing sensible to do.
  package init(capacity: Int = SecretBuffer.lineCapacity) {
    pages = SecretPages.take(bytes: capacity)
    self.capacity = capacity
  }

  deinit {
    unsafe explicit_bzero(base, highWater)
    pages.giveBack(lockedBytes: lockedSize)
  }

  /// Whether no byte is written; says nothing of `capacity`.
  package var isEmpty: Bool { count == 0 }

  /// Adds one byte. Returns false, and changes nothing, when the buffer is full.
  @discardableResult
  package mutating func append(_ byte: UInt8) -> Bool {
    guard prepare(for: 1) else { return false }
    unsafe base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count += 1
    return true
  }

  /// Adds all of `bytes`, or nothing and returns false when they do not fit.
  @discardableResult
  package mutating func append(_ bytes: RawSpan) -> Bool {
    insert(bytes, at: count)
  }

  /// Puts all of `bytes` in front of the byte at `offset`, or nothing and returns false when they do not fit.
  @discardableResult
  package mutating func insert(_ bytes: RawSpan, at offset: Int) -> Bool {
    precondition(offset >= 0 && offset <= count)
    let added = bytes.byteCount
    guard prepare(for: added) else { return false }
    unsafe memmove(base + offset + added, base + offset, count - offset)
    unsafe bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { unsafe memcpy(base + offset, start, added) }
    }
    count += added
    return true
  }

  /// Puts a scalar in front of the byte at `offset`, as UTF-8 and without a copy of it elsewhere.
  ///
  /// - Returns: how many bytes it takes; nil, and nothing changed, when they do not fit.
  package mutating func insert(_ scalar: Unicode.Scalar, at offset: Int) -> Int? {
    precondition(offset >= 0 && offset <= count)
    let bytes = UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    let added = bytes.count
    guard prepare(for: added) else { return nil }
    unsafe memmove(base + offset + added, base + offset, count - offset)
    for (place, byte) in bytes.enumerated() {
      unsafe base.storeBytes(of: byte, toByteOffset: offset + place, as: UInt8.self)
    }
    count += added
    return added
  }

  /// Takes the bytes of `range` out and wipes the room they leave at the end.
  package mutating func remove(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    unsafe memmove(
      base + range.lowerBound, base + range.upperBound, count - range.upperBound)
    unsafe explicit_bzero(base + count - range.count, range.count)
    count -= range.count
  }

  /// Makes it empty and overwrites what was there.
  package mutating func wipe() {
    unsafe explicit_bzero(base, highWater)
    count = 0
  }

  /// Lends the bytes for the length of `body`. Whoever copies out of the span owns, and must wipe, that copy.
  package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let span = unsafe RawSpan(_unsafeStart: UnsafeRawPointer(base), byteCount: count)
    return try body(span)
  }

  /// Lets `body` write straight into the free room (for `read(2)` and decryption) and takes over as many bytes as
  /// it says it wrote.
  package mutating func appendInPlace<Failure: Error>(
    atMost limit: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    let room = min(limit, capacity - count)
    guard room > 0, prepare(for: room) else { return 0 }
    let written = try unsafe body(
      UnsafeMutableRawBufferPointer(start: base + count, count: room))
    precondition(written >= 0 && written <= room)
    count += written
    return written
  }

  /// A second copy with an owner of its own.
  package borrowing func duplicate() -> SecretBuffer {
    var copy = SecretBuffer(capacity: capacity)
    withBytes { bytes in _ = copy.append(bytes) }
    return copy
  }

  /// Checks that `added` more bytes fit, and locks the pages they fall on.
  private mutating func prepare(for added: Int) -> Bool {
    guard added <= capacity - count else { return false }
    highWater = max(highWater, count + added)
    if highWater > lockedSize {
      let page = SecretPages.pageSize
      let wanted = (highWater + page - 1) / page * page
      if !lock(upTo: wanted) {
        SecretPages.dropKept()
        if !lock(upTo: wanted) { isLocked = false }
      }
      lockedSize = wanted
    }
    return true
  }

  /// Pages that another secret had are locked already, but not in a child that was forked since.
  private func lock(upTo size: Int) -> Bool {
    unsafe mlock(base + lockedSize, size - lockedSize) == 0
  }
}
