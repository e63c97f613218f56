internal import Basics
internal import CLinux
internal import CSQLite

/// One connection to one SQLite file. Closed when the value goes.
///
/// Used by one thread at a time; statements may outlive it, SQLite then closes with the last of them.
@safe
struct Database: ~Copyable {
  /// How a file is opened. Files are never made by SQLite, which would give them a mode of its own.
  enum Access {
    case write
    /// Of a file on a file system that takes no writes at all: no lock, no side file.
    case immutable
  }

  /// How long another process is waited for, in milliseconds.
  static let busyTimeout: Int32 = 30_000

  private let handle: OpaquePointer

  /// Opens a file that exists.
  /// - Parameter engine: the name of the SQLite VFS; nil is the system's. Tests put a failing disk here.
  init(
    path: String, access: Access = .write, engine: String? = nil
  ) throws(StoreFailure) {
    var flags = SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE
    var name = path
    switch access {
    case .write: flags |= SQLITE_OPEN_READWRITE
    case .immutable:
      flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      name = "file:" + Database.escaped(path) + "?immutable=1"
    }
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(name, &opened, flags, engine)
    guard code == SQLITE_OK, let opened = unsafe opened else {
      unsafe sqlite3_close_v2(opened)
      throw .sqlite(code)
    }
    unsafe handle = opened
    unsafe sqlite3_busy_timeout(handle, Database.busyTimeout)
    // Refuses writes to the schema table and other ways to break the file by SQL.
    unsafe csqlite_configure(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs statements that give no rows.
  borrowing func execute(_ sql: String) throws(StoreFailure) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw .sqlite(code) }
  }

  borrowing func prepare(_ sql: String) throws(StoreFailure) -> Statement {
    var prepared: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(handle, sql, -1, &prepared, nil)
    guard code == SQLITE_OK, let prepared = unsafe prepared else {
      throw .sqlite(code)
    }
    return unsafe Statement(prepared)
  }

  /// Runs `body` in a transaction that holds the write lock from its beginning: all of it happens, or nothing. Nothing
  /// is written to a file that is not the store any more.
  borrowing func transaction(_ body: () throws(StoreFailure) -> Void) throws(StoreFailure) {
    try execute("BEGIN IMMEDIATE")
    do throws(StoreFailure) {
      guard !isMoved else { throw .sqlite(SQLITE_READONLY | 4 << 8) }
      try body()
      try execute("COMMIT")
    } catch {
      // This fails only when SQLite has rolled back already.
      try? execute("ROLLBACK")
      throw error
    }
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

  /// Chooses the journal of the file, and returns which one it has then.
  ///
  /// A change needs the file for itself, and SQLite does not wait for that: two that change it at once would wait for
  /// each other.
  borrowing func setJournal(_ mode: String) throws(StoreFailure) -> String? {
    let pause: UInt32 = 10_000
    var patience = Database.busyTimeout * 1000 / Int32(pause)
    while true {
      let chosen = try text("PRAGMA journal_mode")
      if chosen == mode { return mode }
      let code = unsafe sqlite3_exec(handle, "PRAGMA journal_mode = \(mode)", nil, nil, nil)
      // A kind of journal that the file cannot have is no error of SQLite's: it stays as it was.
      if code == SQLITE_OK { return try text("PRAGMA journal_mode") }
      guard SQLiteError(code: code).isBusy, patience > 0 else { throw .sqlite(code) }
      patience -= 1
      usleep(pause)
    }
  }

  /// A number that changes when another connection has changed the file.
  borrowing func changeNumber() throws(StoreFailure) -> Int64? {
    try number("PRAGMA data_version")
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
