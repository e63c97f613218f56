internal import Basics
internal import CLinux
internal import Glibc
internal import Secrets

/// Gathers what ncurses writes for one update, so that it reaches the terminal in one piece: one packet on a line over
/// SSH, and no half-drawn screen. ncurses by itself writes at each movement of the cursor.
///
/// From the first update on ncurses' descriptor stands for a file in memory, until `release` gives it the terminal back.
/// The file is read where it is mapped. Behind an update it is empty, so that the first zero ends it; where an update may hold
/// zeros itself its offset says how long it is, for one more system call. Where the system has no such file nothing is
/// gathered.
@safe
struct UpdateBuffer: ~Copyable {
  /// How much of the file is mapped. A full screen in colours takes a quarter of it.
  private static let mappedSize = 64 * 1024
  /// Where the file is begun anew: memory that was in use once is cheap to use again.
  private static let room = 16 * 1024

  /// The descriptor that ncurses writes to.
  private let descriptor: Int32
  private let terminal: Int32
  private let memory: FileDescriptor
  /// The beginning of the file; nil where there is none.
  private let map: UnsafeMutableRawPointer?
  /// Where the next update begins in the file.
  private var start = 0
  private var isGathering = false
  /// Whether the first zero is the end of an update.
  private var endsAtZero: Bool

  /// - Parameter holdsZeros: whether the terminal is given time with zeros while it is painted, as slow ones were.
  init(descriptor: Int32, terminal: Int32, holdsZeros: Bool) {
    self.descriptor = descriptor
    self.terminal = terminal
    memory = FileDescriptor(unsafe linux_memfd_create("update", 1))
    // Where files may not be so large what lies behind an update is not there to be looked at.
    endsAtZero = !holdsZeros && ftruncate(memory.number, UpdateBuffer.mappedSize) == 0
    unsafe map = linux_map_file(memory.number, UpdateBuffer.mappedSize)
  }

  deinit {
    if let map = unsafe map { unsafe munmap(map, UpdateBuffer.mappedSize) }
  }

  /// From here on ncurses writes into memory, behind `prefix`.
  mutating func begin(with prefix: String) {
    if !isGathering, unsafe map != nil {
      isGathering = linux_redirect(descriptor, memory.number) >= 0
    }
    put(prefix)
  }

  /// Writes all of it to the terminal, with `suffix` behind it. No copy of it stays.
  mutating func end(with suffix: String) {
    put(suffix)
    guard isGathering else { return }
    let end = endOfUpdate
    let mapped = (start..<end).clamped(to: 0..<UpdateBuffer.mappedSize)
    sendMapped(mapped)
    if end > mapped.upperBound { sendCopied(max(start, mapped.upperBound)..<end) }
    start = end
    if end > UpdateBuffer.room { startOver() }
  }

  /// Gives ncurses the terminal itself, for whatever is more than painting: the way out, and its line settings.
  func release() {
    if isGathering { linux_redirect(descriptor, terminal) }
  }

  /// The same on the way back: the next update is gathered again.
  mutating func restart() {
    release()
    isGathering = false
  }

  private var endOfUpdate: Int {
    if endsAtZero, start < UpdateBuffer.mappedSize, let map = unsafe map,
      let end = unsafe memchr(map + start, 0, UpdateBuffer.mappedSize - start)
    {
      return unsafe end - map
    }
    return Int(lseek(memory.number, 0, SEEK_CUR))
  }

  private func put(_ text: String) {
    if !text.isEmpty { text.withBytes { Tty.write($0, to: descriptor) } }
  }

  /// An update may show the ends of a secret: it is wiped where it lies.
  private func sendMapped(_ range: Range<Int>) {
    guard !range.isEmpty, let map = unsafe map else { return }
    let bytes = unsafe RawSpan(
      _unsafeStart: UnsafeRawPointer(map + range.lowerBound), byteCount: range.count)
    Tty.write(bytes, to: terminal)
    unsafe explicit_bzero(map + range.lowerBound, range.count)
  }

  /// What lies behind the mapped part, of a window that is huge.
  private func sendCopied(_ range: Range<Int>) {
    var chunk = SecretBuffer(capacity: UpdateBuffer.mappedSize)
    lseek(memory.number, range.lowerBound, SEEK_SET)
    var rest = range.count
    while rest > 0 {
      let count = unsafe chunk.appendInPlace(atMost: rest) { room in
        (try? unsafe FileDescriptor.read(memory.number, into: room)) ?? 0
      }
      if count == 0 { break }
      chunk.withBytes { bytes in Tty.write(bytes, to: terminal) }
      chunk.wipe()
      rest -= count
    }
  }

  /// Gives the memory back, and with it what `sendCopied` left there.
  private mutating func startOver() {
    lseek(memory.number, 0, SEEK_SET)
    ftruncate(memory.number, 0)
    endsAtZero = endsAtZero && ftruncate(memory.number, UpdateBuffer.mappedSize) == 0
    start = 0
  }
}
