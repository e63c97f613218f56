internal import CSQLite

/// Reads back what was written to the store's file, while it is still locked and before the journal is given up: a disk
/// that acknowledges what it does not do is found out while SQLite can take the change back.
///
/// What a page was to hold is kept as a number of 64 bits from the moment it is written until it is synced. The cost is
/// that of the pages written, however many there are in the store.
///
/// And it tells a device that reports an error from a file that is damaged: see `read`.
enum VerifiedFile {
  typealias File = UnsafeMutablePointer<sqlite3_file>

  /// What SQLite gets for a page that does not read back; it has no other use for it.
  static let lost = SQLITE_IOERR | 32 << 8

  /// The table of calls that SQLite is given for one open file. It begins as SQLite's own does, so that a file leads to
  /// the rest.
  @unsafe
  private struct Calls {
    var own: sqlite3_io_methods
    let below: UnsafePointer<sqlite3_io_methods>
    let writes: Unmanaged<Writes>
  }

  /// What SQLite makes of EIO, and what it makes of other errors of a read.
  private static let (corruptFileSystem, readError) = (
    SQLITE_IOERR | 33 << 8, SQLITE_IOERR | 1 << 8
  )

  /// Puts itself between SQLite and a file that has just been opened.
  /// - Parameter readsBack: whether what is written is compared, as in the store's file; else only reads are watched.
  static func attach(to file: File, readsBack: Bool) {
    guard let below = unsafe file.pointee.pMethods else { return }
    let calls = UnsafeMutablePointer<Calls>.allocate(capacity: 1)
    let writes = unsafe Unmanaged.passRetained(Writes())
    unsafe calls.initialize(to: Calls(own: below.pointee, below: below, writes: writes))
    unsafe calls.pointee.own.xRead = read
    unsafe calls.pointee.own.xClose = close
    if readsBack {
      unsafe calls.pointee.own.xWrite = write
      unsafe calls.pointee.own.xTruncate = truncate
      unsafe calls.pointee.own.xSync = sync
      unsafe calls.pointee.own.xUnlock = unlock
    }
    unsafe file.pointee.pMethods = UnsafeRawPointer(calls).assumingMemoryBound(
      to: sqlite3_io_methods.self)
  }

  private static func calls(_ file: File?) -> UnsafeMutablePointer<Calls>? {
    guard let methods = unsafe file?.pointee.pMethods else { return nil }
    return unsafe UnsafeMutableRawPointer(mutating: methods).assumingMemoryBound(to: Calls.self)
  }

  /// Where the device reports an error SQLite would say that the file is damaged, and the advice would be to put a backup in
  /// the place of a file that may be whole.
  private static let read:
    @convention(c) (File?, UnsafeMutableRawPointer?, Int32, sqlite3_int64) -> Int32 = {
      file, room, count, offset in
      guard let calls = unsafe VerifiedFile.calls(file) else { return SQLITE_IOERR }
      let code = unsafe calls.pointee.below.pointee.xRead(file, room, count, offset)
      return code == VerifiedFile.corruptFileSystem ? VerifiedFile.readError : code
    }

  private static let write:
    @convention(c) (File?, UnsafeRawPointer?, Int32, sqlite3_int64) -> Int32 = {
      file, bytes, count, offset in
      guard let calls = unsafe VerifiedFile.calls(file) else { return SQLITE_IOERR }
      let code = unsafe calls.pointee.below.pointee.xWrite(file, bytes, count, offset)
      if code == SQLITE_OK {
        unsafe calls.pointee.writes._withUnsafeGuaranteedRef {
          unsafe $0.append(UnsafeRawBufferPointer(start: bytes, count: Int(count)), at: offset)
        }
      }
      return code
    }

  private static let truncate: @convention(c) (File?, sqlite3_int64) -> Int32 = { file, size in
    guard let calls = unsafe VerifiedFile.calls(file) else { return SQLITE_IOERR }
    unsafe calls.pointee.writes._withUnsafeGuaranteedRef { $0.removeAll(from: size) }
    return unsafe calls.pointee.below.pointee.xTruncate(file, size)
  }

  private static let sync: @convention(c) (File?, Int32) -> Int32 = { file, flags in
    guard let calls = unsafe VerifiedFile.calls(file) else { return SQLITE_IOERR }
    let below = unsafe calls.pointee.below
    let code = unsafe below.pointee.xSync(file, flags)
    guard code == SQLITE_OK else { return code }
    return unsafe calls.pointee.writes._withUnsafeGuaranteedRef { writes in
      unsafe writes.verify { room, offset in
        unsafe below.pointee.xRead(file, room.baseAddress, Int32(room.count), offset)
      }
    }
  }

  /// Whoever gives the file up to others has written nothing more: what is read later may be theirs.
  private static let unlock: @convention(c) (File?, Int32) -> Int32 = { file, level in
    guard let calls = unsafe VerifiedFile.calls(file) else { return SQLITE_IOERR }
    if level <= SQLITE_LOCK_SHARED {
      unsafe calls.pointee.writes._withUnsafeGuaranteedRef { $0.removeAll(from: 0) }
    }
    return unsafe calls.pointee.below.pointee.xUnlock(file, level)
  }

  private static let close: @convention(c) (File?) -> Int32 = { file in
    guard let calls = unsafe VerifiedFile.calls(file) else { return SQLITE_IOERR }
    let code = unsafe calls.pointee.below.pointee.xClose(file)
    unsafe calls.pointee.writes.release()
    unsafe calls.deallocate()
    return code
  }
}

extension VerifiedFile {
  /// What was written since the last sync, by its place in the file.
  private final class Writes {
    private var pages: [sqlite3_int64: (count: Int, digest: Int)] = [:]

    func append(_ bytes: UnsafeRawBufferPointer, at offset: sqlite3_int64) {
      pages[offset] = (bytes.count, unsafe Writes.digest(bytes))
    }

    func removeAll(from offset: sqlite3_int64) {
      if offset == 0 { return pages.removeAll(keepingCapacity: true) }
      pages = pages.filter { $0.key < offset }
    }

    /// Compares, and forgets what it has compared.
    /// - Parameter read: fills the room from a place in the file.
    /// - Returns: `lost` when a page is not as it was written, or the code of a read that failed.
    func verify(
      _ read: (UnsafeMutableRawBufferPointer, sqlite3_int64) -> Int32
    ) -> Int32 {
      defer { pages.removeAll(keepingCapacity: true) }
      let size = pages.values.map(\.count).max() ?? 0
      let room = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
      defer { unsafe room.deallocate() }
      for (offset, page) in pages {
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: room[..<page.count])
        let code = unsafe read(part, offset)
        // A file that ends before the page has lost it too.
        guard code == SQLITE_OK || code == SQLITE_IOERR | 2 << 8 else { return code }
        guard code == SQLITE_OK, unsafe Writes.digest(UnsafeRawBufferPointer(part)) == page.digest
        else { return VerifiedFile.lost }
      }
      return SQLITE_OK
    }

    private static func digest(_ bytes: UnsafeRawBufferPointer) -> Int {
      var hasher = Hasher()
      unsafe hasher.combine(bytes: bytes)
      return hasher.finalize()
    }
  }
}
