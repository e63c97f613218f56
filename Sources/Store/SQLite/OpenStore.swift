internal import Basics
internal import CLinux
internal import Connections

/// A store in a SQLite file that has been opened.
final class OpenStore: OpenedStore {
  let database: Database
  private(set) var header: StoreHeader {
    didSet { headerDigest = nil }
  }
  /// Of `header`, once a change has compared it with what the store says of itself by then.
  private var headerDigest: [UInt8]?
  let path: String
  /// Why nothing may be written to it, where that is not for the system to say.
  private let obstacle: StoreError?
  /// The count of the file's changes when it was found whole last.
  private var wholeAt: UInt32?
  /// What was put in by the change that is under way, by its digest: of much at once no more is kept in memory.
  var written: [SealedContent: [UInt8]] = [:]
  /// What the change that is under way will take.
  private var freePages = FreePages()
  /// Whether the whole file has been looked at in this change, because its free pages say nothing.
  private var isRoomChecked = false

  /// Its version as a schema: of an older store that is read as it lies, not the newest.
  private let format: Int64

  /// Whether the store counts its rows.
  var countsRows: Bool { format >= Schema.firstWithCounts }

  var isSigned: Bool { format >= Schema.firstWithSignatures }

  init(
    database: consuming Database, header: StoreHeader, path: String, obstacle: StoreError?,
    format: Int64
  ) {
    self.database = database
    self.header = header
    self.path = path
    self.obstacle = obstacle
    self.format = format
  }

  func requireWritable() throws(StoreError) {
    if let obstacle { throw obstacle }
    let isWritable = unsafe access(path, W_OK) == 0
    guard database.access != .write || !isWritable else { return }
    throw OpenStore.unwritable(path)
  }

  static func unwritable(_ path: String) -> StoreError {
    .failed(
      Explanation(
        what: "nothing can be stored in \(path)",
        why: "the file cannot be written", advice: "look at its owner, mode and disk: usher doctor")
    )
  }

  /// Looks at the whole file: whoever says that something is not there has to know that nothing is missing. Takes time
  /// that grows with the file, once for each state of it.
  func requireWhole() throws(StoreFailure) {
    let counter = try database.changeCounter()
    guard counter != wholeAt else { return }
    guard try database.isSound() else {
      throw .explained(.damagedStore(path, why: StoreFile.disagreement))
    }
    let isComplete = try database.number(
      """
      SELECT (SELECT count(*) FROM connections NOT INDEXED) = connections
        AND (SELECT count(*) FROM drafts NOT INDEXED) = drafts
        AND (SELECT count(*) FROM applications NOT INDEXED)
          = (SELECT applications FROM application_count)
        AND NOT EXISTS (SELECT 1 FROM connections LEFT JOIN records USING (number)
          WHERE record IS NULL)
        AND NOT EXISTS (SELECT 1 FROM tokens LEFT JOIN connections USING (number)
          WHERE connections.number IS NULL)
        AND NOT EXISTS (SELECT 1 FROM former_generations LEFT JOIN connections USING (number)
          WHERE connections.number IS NULL)
      FROM counts
      """)
    guard isComplete == 1 else { throw missingRows }
    wholeAt = counter
  }

  /// Refuses to write where what counts as free is not. Within a change, before each thing that is written.
  func requireRoom(for count: Int) throws(StoreFailure) {
    if isRoomChecked { return }
    guard try !freePages.areFree(for: count, in: database) else { return }
    guard try database.isSound() else {
      throw .explained(.damagedStore(path, why: StoreFile.disagreement))
    }
    isRoomChecked = true
  }

  /// Where there are fewer rows, or more, than were counted.
  var missingRows: StoreFailure {
    .explained(.damagedStore(path, why: "not all that was stored in it is there"))
  }

  /// Goes on with what the store has just been made to say of itself. Within a change.
  func adopt(_ header: StoreHeader) { self.header = header }

  /// Notes what was put in by the change that is under way.
  func note(_ content: SealedContent, _ file: [UInt8]?) {
    written[content] = file?.sha256
  }

  /// Takes what the store says of itself for what it says now. Within a change.
  private func readHeader() throws(StoreFailure) {
    let digest = headerDigest ?? header.digest
    headerDigest = digest
    var row = try database.prepare("SELECT digest FROM store WHERE key = 1")
    if try row.step(), row.bytes(0) == digest { return }
    guard let found = try StoreHeader(database) else {
      throw .explained(.damagedStore(path, why: "what it says of itself has been changed"))
    }
    header = found
  }

  /// Changes rows, all of it or nothing, and leaves nothing of what was there before beside the store.
  /// - Returns: the count of the file's changes before this one.
  @discardableResult
  func change(_ body: () throws(StoreFailure) -> Void) throws(StoreFailure) -> UInt32 {
    if let obstacle { throw .explained(obstacle) }
    var before: UInt32 = 0
    var isWriting = false
    (freePages, isRoomChecked) = (FreePages(), false)
    let former = header
    do throws(StoreFailure) {
      try database.transaction { () throws(StoreFailure) in
        before = try database.changeCounter()
        try readHeader()
        let rows = try database.number("SELECT total_changes()")
        try body()
        isWriting = try database.number("SELECT total_changes()") != rows
      }
    } catch {
      header = former
      throw error
    }
    // Where there was nothing to change nothing is on the disk.
    guard isWriting else { return before }
    clearJournal()
    database.dropCache()
    // Where the end of the save did not reach the journal, whoever looked next has taken it back.
    guard try database.changeCounter() != before else { throw .lost }
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
