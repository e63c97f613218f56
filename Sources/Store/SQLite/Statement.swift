internal import CSQLite

/// A prepared statement. Columns and parameters are counted from 0, as in the text of the statement.
@safe
struct Statement: ~Copyable {
  private let handle: OpaquePointer

  @unsafe
  init(_ handle: OpaquePointer) { unsafe self.handle = handle }

  deinit { unsafe sqlite3_finalize(handle) }

  mutating func bind(_ value: String, at index: Int32) throws(StoreFailure) {
    let length = Int32(value.utf8.count)
    try check(unsafe sqlite3_bind_text(handle, index + 1, value, length, csqlite_transient()))
  }

  mutating func bind(_ value: Int64, at index: Int32) throws(StoreFailure) {
    try check(unsafe sqlite3_bind_int64(handle, index + 1, value))
  }

  mutating func bind(_ value: [UInt8]?, at index: Int32) throws(StoreFailure) {
    guard let value else { return try check(unsafe sqlite3_bind_null(handle, index + 1)) }
    guard value.count <= Int32.max else { throw .sqlite(SQLITE_TOOBIG) }
    let length = Int32(value.count)
    try check(unsafe sqlite3_bind_blob(handle, index + 1, value, length, csqlite_transient()))
  }

  /// Goes to the next row; false after the last one.
  mutating func step() throws(StoreFailure) -> Bool {
    let code = unsafe sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw failure(code)
    }
  }

  /// Runs a statement that gives no row.
  mutating func run() throws(StoreFailure) {
    _ = try step()
  }

  borrowing func number(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

  /// The text of a column. Bytes that are no UTF-8 come as replacement characters, so that they match nothing.
  borrowing func text(_ column: Int32) -> String {
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return "" }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe String(
      decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
  }

  borrowing func bytes(_ column: Int32) -> [UInt8] {
    // The order matters: the pointer first, then its length.
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  borrowing func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  private func check(_ code: Int32) throws(StoreFailure) {
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Of a code that a call of this statement gave.
  private func failure(_ code: Int32) -> StoreFailure {
    .sqlite(code, system: unsafe sqlite3_system_errno(sqlite3_db_handle(handle)))
  }
}
