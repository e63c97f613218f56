internal import Basics
internal import Connections
internal import Secrets

/// A backup, or an exported record, while it is read. What it hands out is genuine as far as the file is; whether the file
/// is whole is known at its end. A file that is shorter than 64 KiB, as that of a record nearly always is, hands out nothing
/// before it is known to be whole.
package struct BackupReader: ~Copyable {
  /// Nil of a file that is one exported record.
  package let header: BackupHeader?
  private var lines: BackupLines
  /// The exported record, until it is handed out.
  private var alone: ConnectionRecord?
  private var connections: Set<ConnectionName> = []
  private var applications: Set<ApplicationName> = []
  private var isAtEnd: Bool

  /// Reads the beginning.
  init(_ file: consuming AgeFileReader) throws(BackupError) {
    var lines = BackupLines(file)
    guard let first = try lines.next() else { throw .noFile(why: "it is empty") }
    var header: BackupHeader?
    var alone: ConnectionRecord?
    if first.withBytes({ BackupLine.isHeader($0) }) {
      header = try Self.explained(of: "its first line") { () throws(RecordError) in
        try first.withBytes { text throws(RecordError) in try BackupLine.header(text) }
      }
    } else {
      alone = try Self.record(first)
      guard try !lines.next().isThere else { throw .damaged("something follows its record") }
    }
    self.header = header
    self.alone = alone
    self.lines = lines
    isAtEnd = header == nil
  }

  /// The next application or connection; nil behind the last one, when the backup has been found whole.
  package mutating func next() throws(BackupError) -> BackupItem? {
    if let record = alone.take() {
      return .connection(BackupConnection(record: record, token: nil, former: nil))
    }
    if isAtEnd { return nil }
    guard let header, let line = try lines.next() else {
      throw .damaged("it ends before its last line")
    }
    let place = "line \(lines.count)"
    let read = try Self.explained(of: place) { () throws(RecordError) in
      try line.withBytes { text throws(RecordError) in
        try BackupLine.item(in: text, from: header.storeID)
      }
    }
    guard let item = read else {
      try end(with: line)
      return nil
    }
    guard note(item) else { throw .damaged("\(place) holds what another line holds already") }
    return item
  }

  /// - Returns: false where something of the name has been there before.
  private mutating func note(_ item: borrowing BackupItem) -> Bool {
    switch item {
    case .application(let application):
      applications.insert(application.facts.name).inserted
    case .connection(let connection):
      connections.insert(connection.record.facts.name).inserted
    }
  }

  private mutating func end(with line: borrowing SecretBuffer) throws(BackupError) {
    let count = try Self.explained(of: "its last line") { () throws(RecordError) in
      try line.withBytes { text throws(RecordError) in try BackupLine.end(in: text) }
    }
    guard count.applications == applications.count, count.connections == connections.count else {
      throw .damaged("some of its lines are missing")
    }
    guard try !lines.next().isThere else { throw .damaged("something follows its last line") }
    isAtEnd = true
  }

  private static func record(_ line: borrowing SecretBuffer) throws(BackupError) -> ConnectionRecord
  {
    do throws(RecordError) {
      return try ConnectionRecord(decoding: line)
    } catch {
      throw .noFile(why: "it \(error.message)")
    }
  }

  private static func explained<Result: ~Copyable>(
    of place: String, _ body: () throws(RecordError) -> Result
  ) throws(BackupError) -> Result {
    do throws(RecordError) {
      return try body()
    } catch {
      throw .damaged("\(place) \(error.message)")
    }
  }
}
