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
  ) throws(SQLiteError) {
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
      throw SQLiteError(code: code, action: "opening the store")
    }
    unsafe handle = opened
    unsafe sqlite3_busy_timeout(handle, Database.busyTimeout)
    // Refuses writes to the schema table and other ways to break the file by SQL.
    unsafe csqlite_configure(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs statements that give no rows.
  borrowing func execute(_ sql: String) throws(SQLiteError) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw SQLiteError(code: code, action: Database.action(sql)) }
  }

  borrowing func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    var prepared: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(handle, sql, -1, &prepared, nil)
    guard code == SQLITE_OK, let prepared = unsafe prepared else {
      throw SQLiteError(code: code, action: Database.action(sql))
    }
    return unsafe Statement(prepared, action: Database.action(sql))
  }

  /// The one number that a statement gives.
  borrowing func number(_ sql: String) throws(SQLiteError) -> Int64? {
    var statement = try prepare(sql)
    return try statement.step() ? statement.number(0) : nil
  }

  /// The one text that a statement gives.
  borrowing func text(_ sql: String) throws(SQLiteError) -> String? {
    var statement = try prepare(sql)
    return try statement.step() ? statement.text(0) : nil
  }

  /// Chooses the journal of the file, and returns which one it has then.
  ///
  /// A change needs the file for itself, and SQLite does not wait for that: two that change it at once would wait for
  /// each other.
  borrowing func setJournal(_ mode: String) throws(SQLiteError) -> String? {
    let pause: UInt32 = 10_000
    var patience = Database.busyTimeout * 1000 / Int32(pause)
    while try text("PRAGMA journal_mode") != mode {
      do {
        return try text("PRAGMA journal_mode = \(mode)")
      } catch {
        guard error.isBusy, patience > 0 else { throw error }
        patience -= 1
        usleep(pause)
      }
    }
    return mode
  }

  /// A number that changes when another connection has changed the file.
  borrowing func changeNumber() throws(SQLiteError) -> Int64? {
    try number("PRAGMA data_version")
  }

  /// Whether tables and indexes agree. Without this a flipped bit makes rows vanish silently.
  borrowing func isSound() throws(SQLiteError) -> Bool {
    try text("PRAGMA integrity_check(1)") == "ok"
  }

  /// Forgets the pages in memory, so that the next read comes from the file.
  borrowing func dropCache() { unsafe sqlite3_db_release_memory(handle) }

  /// Reads a fact into an error: what was being done.
  private static func action(_ sql: String) -> String {
    let word = sql.prefix { $0.isLetter }
    return word == "SELECT" || word == "PRAGMA" ? "reading the store" : "writing the store"
  }

  private static func escaped(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"), 0...0x20, 0x7F...:
        text += "%" + [byte].hex
      default: text.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return text
  }
}
