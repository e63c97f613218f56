internal import Basics
internal import Connections
internal import Secrets

/// A backup while it is written: one age file, sealed as its lines come. Holds no more in memory than one connection.
struct BackupWriter: ~Copyable {
  private let storeID: String
  private var file: AgeFileWriter
  /// What has been written so far.
  private(set) var count = BackupCount()

  init(_ header: BackupHeader, to file: consuming AgeFileWriter) throws(AgeError) {
    storeID = header.storeID
    self.file = file
    try write(BackupLine.text(header))
    try endLine()
  }

  mutating func append(_ item: borrowing BackupItem) throws(AgeError) {
    switch item {
    case .application(let application): try append(application)
    case .connection(let connection): try append(connection)
    }
  }

  private mutating func append(_ application: borrowing Application) throws(AgeError) {
    try write(#"{"application":"#)
    try write(application.encoded(in: storeID))
    try write("}")
    try endLine()
    count.applications += 1
  }

  private mutating func append(_ connection: borrowing BackupConnection) throws(AgeError) {
    try write("{")
    try write(connection.record, connection.token)
    switch connection.former {
    case .some(let former):
      try write(#","former":{"#)
      try write(former.record, former.token)
      try write("}")
    case nil: break
    }
    try write("}")
    try endLine()
    count.connections += 1
  }

  /// Writes the line without which a backup is not whole.
  consuming func finish() throws(AgeError) {
    try write(BackupLine.text(end: count))
    try endLine()
    try file.finish()
  }

  private mutating func write(
    _ record: borrowing ConnectionRecord, _ token: borrowing StoredToken?
  ) throws(AgeError) {
    try write(#""record":"#)
    try write(record.encoded())
    switch token {
    case .some(let token):
      try write(#","token":"#)
      try write(token.encoded())
    case nil: break
    }
  }

  /// What was read from a store is no longer than what is read.
  private mutating func write(_ part: consuming SecretBuffer?) throws(AgeError) {
    guard let part, !part.isEmpty else { throw .payload("a part of it is longer than usher reads") }
    try part.withBytes { bytes throws(AgeError) in try file.append(bytes) }
  }

  private mutating func write(_ text: String) throws(AgeError) {
    try text.withBytes { bytes throws(AgeError) in try file.append(bytes) }
  }

  private mutating func endLine() throws(AgeError) { try write("\n") }
}
