internal import Basics
internal import CLinux
internal import CSQLite
internal import Connections

/// One connection to one SQLite file. Closed when the value goes.
///
/// Used by one thread at a time; statements may outlive it, SQLite then closes with the last of them.
@safe
struct Database: ~Copyable {
  /// How a file is opened. Files are never made by SQLite, which would give them a mode of its own.
  enum Access {
    /// Reading too, where the file cannot be written.
    case write
    case read
    /// Without a lock and without looking at a log: of a file that cannot be written, with a log that is empty.
    case immutable
  }

  let access: Access
  private let handle: OpaquePointer
  private let busy: BusyWait

  /// Opens a file that exists.
  /// - Parameters:
  ///   - engine: the name of the SQLite VFS below ours; nil is the system's. Tests put a failing disk here.
  ///   - notice: told when another process is waited for.
  init(
    path: String, access: Access = .write, engine: String? = nil,
    notice: StoreNotice.Receiver? = nil
  ) throws(StoreFailure) {
    var flags = SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE
    var name = path
    switch access {
    case .write: flags |= SQLITE_OPEN_READWRITE
    case .read: flags |= SQLITE_OPEN_READONLY
    case .immutable:
      flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      name = "file:" + Database.escaped(path) + "?immutable=1"
    }
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(name, &opened, flags, StoreVFS.name(over: engine))
    guard code == SQLITE_OK, let opened = unsafe opened else {
      unsafe sqlite3_close_v2(opened)
      throw .sqlite(code)
    }
    unsafe handle = opened
    self.access = access
    busy = BusyWait(path: path, notice: notice)
    let context = unsafe Unmanaged.passUnretained(busy).toOpaque()
    unsafe sqlite3_busy_handler(
      handle,
      { context, round in
        guard let context = unsafe context else { return 0 }
        let busy = unsafe Unmanaged<BusyWait>.fromOpaque(context).takeUnretainedValue()
        return busy.pause(Int(round)) ? 1 : 0
      }, context)
    // Refuses writes to the schema table and other ways to break the file by SQL.
    unsafe csqlite_configure(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs statements that give no rows.
  borrowing func execute(_ sql: String) throws(StoreFailure) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Of a code that a call of this connection gave.
  private borrowing func failure(_ code: Int32) -> StoreFailure {
    .sqlite(code, system: unsafe sqlite3_system_errno(handle), holder: busy.holder)
  }

  borrowing func prepare(_ sql: String) throws(StoreFailure) -> Statement {
    var prepared: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(handle, sql, -1, &prepared, nil)
    guard code == SQLITE_OK, let prepared = unsafe prepared else { throw failure(code) }
    return unsafe Statement(prepared)
  }

  /// Runs `body` in a transaction that holds the write lock from its beginning: all of it happens, or nothing. Nothing
  /// is written to a file that is not the store any more.
  borrowing func transaction(_ body: () throws(StoreFailure) -> Void) throws(StoreFailure) {
    try execute("BEGIN IMMEDIATE")
    do throws(StoreFailure) {
      guard !isMoved else { throw .sqlite(SQLiteError.moved) }
      try body()
      try execute("COMMIT")
    } catch {
      // This fails only when SQLite has rolled back already.
      try? execute("ROLLBACK")
      throw error
    }
  }

  /// Runs `body` on one state of the file: nobody changes it meanwhile. Within a transaction too.
  borrowing func reading(_ body: () throws(StoreFailure) -> Void) throws(StoreFailure) {
    if unsafe sqlite3_get_autocommit(handle) == 0 { return try body() }
    try execute("BEGIN")
    do throws(StoreFailure) {
      try body()
      try execute("COMMIT")
    } catch {
      try? execute("ROLLBACK")
      throw error
    }
  }

  /// Whether another process is waited for that uses the file. True unless a caller says otherwise, for what can be done
  /// another time.
  var isPatient: Bool {
    get { busy.isPatient }
    nonmutating set { busy.isPatient = newValue }
  }

  /// Whether another file, or none, has the name that this one was opened under.
  private var isMoved: Bool {
    var answer: Int32 = 0
    let code = unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &answer)
    return code == SQLITE_OK && answer != 0
  }

  /// The one number that a statement gives.
  borrowing func number(_ sql: String) throws(StoreFailure) -> Int64? {
    var statement = try prepare(sql)
    return try statement.step() ? statement.number(0) : nil
  }

  /// The one text that a statement gives.
  borrowing func text(_ sql: String) throws(StoreFailure) -> String? {
    var statement = try prepare(sql)
    return try statement.step() ? statement.text(0) : nil
  }

  /// Whether the file is one that was kept with a write-ahead log, as release 0.1.0 did. Opens no log.
  borrowing func hasWriteAheadLog() throws(StoreFailure) -> Bool {
    // The versions of the format for writing and reading: 1 is a rollback journal.
    var versions: (UInt8, UInt8) = (0, 0)
    let code = unsafe withUnsafeMutableBytes(of: &versions) { room in
      unsafe csqlite_read(handle, room.baseAddress, 2, 18)
    }
    // Too short to be a database: that is found out when it is read as one.
    if code == SQLITE_IOERR | 2 << 8 { return false }
    guard code == SQLITE_OK else { throw failure(code) }
    return versions.0 == 2 || versions.1 == 2
  }

  /// Moves what is in the write-ahead log into the file, and keeps a rollback journal from now on.
  ///
  /// A change needs the file for itself, and SQLite does not wait for that: two that change it at once would wait for
  /// each other.
  /// - Returns: false when the file, its log or its directory cannot be written.
  borrowing func dropWriteAheadLog() throws(StoreFailure) -> Bool {
    var round = 0
    while true {
      let code = unsafe sqlite3_exec(handle, "PRAGMA journal_mode = DELETE", nil, nil, nil)
      if code == SQLITE_OK, try text("PRAGMA journal_mode") == "delete" { return true }
      let error = SQLiteError(code: code)
      if error.isDamage { throw failure(code) }
      guard code == SQLITE_OK || error.isBusy else { return false }
      guard busy.pause(round) else { throw failure(SQLITE_BUSY) }
      round += 1
    }
  }

  /// The file's own count of its changes, by whatever process; read from the file itself. One more after each
  /// transaction that wrote, and less again when one is taken back.
  borrowing func changeCounter() throws(StoreFailure) -> UInt32 {
    var counter: UInt32 = 0
    let code = unsafe withUnsafeMutableBytes(of: &counter) { room in
      unsafe csqlite_read(handle, room.baseAddress, 4, 24)
    }
    guard code == SQLITE_OK else { throw failure(code) }
    return UInt32(bigEndian: counter)
  }

  /// Bytes of the file itself.
  borrowing func bytes(_ count: Int, at offset: Int64) throws(StoreFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let code = unsafe bytes.withUnsafeMutableBytes { room in
      unsafe csqlite_read(handle, room.baseAddress, Int32(count), offset)
    }
    // What lies behind the end is read as zeros.
    guard code == SQLITE_OK || code == SQLITE_IOERR | 2 << 8 else { throw failure(code) }
    return bytes
  }

  /// Which of the schema's steps it has; 0 for an empty file.
  borrowing func version() throws(StoreFailure) -> Int64 {
    try number("PRAGMA user_version") ?? 0
  }

  /// Writes what is in it to another file, which is there and empty.
  borrowing func copy(to path: String) throws(StoreFailure) {
    var statement = try prepare("VACUUM INTO ?")
    try statement.bind(path, at: 0)
    try statement.run()
  }

  /// Whether tables and indexes agree. Without this a flipped bit makes rows vanish silently.
  borrowing func isSound() throws(StoreFailure) -> Bool {
    try text("PRAGMA integrity_check(1)") == "ok"
  }

  /// Forgets the pages in memory, so that the next read comes from the file.
  borrowing func dropCache() { unsafe sqlite3_db_release_memory(handle) }

  private static func escaped(_ path: String) -> String {
    var text: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"), 0...0x20, 0x7F...:
        text.append(escaped: byte)
      default: text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
