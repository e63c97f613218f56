internal import Basics
internal import CLinux
internal import Connections

/// A store in a SQLite file that has been opened and found sound.
final class OpenStore: OpenedStore {
  let database: Database
  let header: StoreHeader
  let path: String
  /// Why nothing may be written to it, where that is not for the system to say.
  private let obstacle: StoreError?

  init(database: consuming Database, header: StoreHeader, path: String, obstacle: StoreError?) {
    self.database = database
    self.header = header
    self.path = path
    self.obstacle = obstacle
  }

  func requireWritable() throws(StoreError) {
    if let obstacle { throw obstacle }
    let isWritable = unsafe access(path, W_OK) == 0
    guard database.access != .write || !isWritable else { return }
    throw .failed(
      Explanation(
        what: "nothing can be stored in \(path)",
        why: "the file cannot be written", advice: "look at its owner, mode and disk: usher doctor")
    )
  }

  /// Changes rows, all of it or nothing, and leaves nothing of what was there before beside the store.
  /// - Returns: the count of the file's changes before this one.
  @discardableResult
  func change(_ body: () throws(StoreFailure) -> Void) throws(StoreFailure) -> UInt32 {
    if let obstacle { throw .explained(obstacle) }
    var before: UInt32 = 0
    var isWriting = false
    try database.transaction { () throws(StoreFailure) in
      before = try database.changeCounter()
      let rows = try database.number("SELECT total_changes()")
      try body()
      isWriting = try database.number("SELECT total_changes()") != rows
    }
    // Where there was nothing to change nothing is on the disk.
    guard isWriting else { return before }
    clearJournal()
    database.dropCache()
    // Where the end of the save did not reach the journal, whoever looked next has taken it back.
    guard try database.changeCounter() != before else {
      throw .engine(
        reason: "the disk has lost what was written",
        advice: "look at the state of the disk before you try again", isFull: false)
    }
    return before
  }

  /// Writes zeros over what the change has left in the journal, which stays: sealed records that are gone from the
  /// store, or have others in their place. Meanwhile nobody else can use it. Where this fails the next change writes
  /// over it.
  private func clearJournal() {
    guard (try? database.execute("BEGIN EXCLUSIVE")) != nil else { return }
    defer { try? database.execute("ROLLBACK") }
    let name = path + StoreFile.journalSuffix
    guard let file = try? FileDescriptor.open(name, O_WRONLY | O_NOFOLLOW),
      let status = try? FileStatus(descriptor: file.number), status.size > 0
    else { return }
    let zeros = [UInt8](repeating: 0, count: min(Int(status.size), StoreFile.journalSize))
    try? unsafe file.write(zeros.span.bytes)
  }
}
