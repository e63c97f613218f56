internal import Basics
internal import CLinux
internal import Glibc
internal import Secrets

/// Gathers what ncurses writes for one update, so that it reaches the terminal in one piece: one packet on a line over
/// SSH, and no half-drawn screen. ncurses by itself writes at each movement of the cursor.
///
/// While an update is drawn, ncurses' descriptor stands for a file in memory. Where the system has none it keeps standing
/// for the terminal, and nothing is gathered.
struct UpdateBuffer: ~Copyable {
  private static let chunkSize = 64 * 1024

  /// The descriptor that ncurses writes to.
  private let descriptor: Int32
  private let terminal: Int32
  private let memory: FileDescriptor
  private var file: Int32 { memory.number }
  /// Updates may show the ends of a secret.
  private var chunk = SecretBuffer(capacity: UpdateBuffer.chunkSize)

  init(descriptor: Int32, terminal: Int32) {
    self.descriptor = descriptor
    self.terminal = terminal
    memory = FileDescriptor(unsafe linux_memfd_create("update", 1))
  }

  /// From here on ncurses writes into memory, behind `prefix`.
  func begin(with prefix: String) {
    if file >= 0 { linux_redirect(descriptor, file) }
    put(prefix)
  }

  /// Writes all of it to the terminal, with `suffix` behind it. No copy of it stays.
  mutating func end(with suffix: String) {
    put(suffix)
    guard file >= 0 else { return }
    linux_redirect(descriptor, terminal)
    var rest = Int(lseek(file, 0, SEEK_CUR))
    lseek(file, 0, SEEK_SET)
    while rest > 0 {
      let count = copyChunk(atMost: rest)
      if count <= 0 { break }
      rest -= count
    }
    lseek(file, 0, SEEK_SET)
    ftruncate(file, 0)
  }

  private func put(_ text: String) {
    if !text.isEmpty { unsafe Tty.write(text.utf8.span.bytes, to: descriptor) }
  }

  /// Moves bytes from the file to the terminal.
  private mutating func copyChunk(atMost limit: Int) -> Int {
    let file = file
    let count = unsafe chunk.appendInPlace(atMost: limit) { room in
      (try? unsafe FileDescriptor.read(file, into: room)) ?? 0
    }
    chunk.withBytes { bytes in Tty.write(bytes, to: terminal) }
    chunk.remove(0..<count)
    return count
  }
}
