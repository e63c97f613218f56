internal import Basics
internal import Connections

/// The applications' table: a handful of sealed rows.
extension OpenStore {
  func applications() throws(StoreFailure) -> [SealedApplication] {
    var found: [SealedApplication] = []
    try database.reading { () throws(StoreFailure) in
      var statement = try database.prepare(
        "SELECT \(ApplicationRow.columns), application FROM applications NOT INDEXED")
      while try statement.step() {
        guard let row = ApplicationRow(statement) else { throw changedApplication }
        found.append(
          SealedApplication(row: row, file: statement.bytes(ApplicationRow.columnCount)))
      }
      let count = try database.number("SELECT applications FROM application_count")
      guard count == Int64(found.count), Set(found.map(\.row.name)).count == found.count else {
        // The file says better what is wrong with it.
        try requireWhole()
        throw missingRows
      }
    }
    return found
  }

  func application(_ name: ApplicationName) throws(StoreFailure) -> SealedApplication? {
    var statement = try database.prepare(
      "SELECT \(ApplicationRow.columns), application FROM applications WHERE name = ?")
    try statement.bind(name.description, at: 0)
    guard try statement.step() else { return nil }
    guard let row = ApplicationRow(statement), row.name == name else { throw changedApplication }
    return SealedApplication(row: row, file: statement.bytes(ApplicationRow.columnCount))
  }

  func putApplication(_ sealed: SealedApplication) throws(StoreFailure) {
    try requireRoom(for: sealed.file.count)
    var statement = try database.prepare(
      """
      INSERT INTO applications (\(ApplicationRow.columns), application) VALUES (?1,?2,?3,?4,?5,?6,?7)
      ON CONFLICT (name) DO UPDATE SET
        (\(ApplicationRow.columns), application) = (?1,?2,?3,?4,?5,?6,?7)
      """)
    try sealed.row.bind(to: &statement)
    try statement.bind(sealed.file, at: ApplicationRow.columnCount)
    try statement.run()
    note(.application(sealed.row.name), sealed.file)
  }

  func removeApplication(_ name: ApplicationName) throws(StoreFailure) -> Bool {
    var isRemoved = false
    try changeWithoutRoom { () throws(StoreFailure) in
      var statement = try database.prepare("DELETE FROM applications WHERE name = ?")
      try statement.bind(name.description, at: 0)
      try statement.run()
      isRemoved = try database.number("SELECT changes()") == 1
      if !isRemoved { try requireWhole() }
    }
    return isRemoved
  }

  private var changedApplication: StoreFailure {
    .explained(.damagedStore(path, why: "the row of an application has been changed"))
  }
}

extension ApplicationRow {
  /// In the order that `init` and `bind` use.
  static let columns = "name, provider, created, changed, recipients, digest"
  static let columnCount: Int32 = 6

  /// Nil when it is not as it was written.
  init?(_ row: borrowing Statement) {
    guard let name = ApplicationName(row.text(0)) else { return nil }
    self.init(
      name: name, provider: row.text(1), created: Timestamp(secondsSinceEpoch: row.number(2)),
      changed: Timestamp(secondsSinceEpoch: row.number(3)), recipients: row.text(4))
    guard row.bytes(5) == digest else { return nil }
  }

  fileprivate func bind(to statement: inout Statement) throws(StoreFailure) {
    try statement.bind(name.description, at: 0)
    try statement.bind(provider, at: 1)
    try statement.bind(created.secondsSinceEpoch, at: 2)
    try statement.bind(changed.secondsSinceEpoch, at: 3)
    try statement.bind(recipients, at: 4)
    try statement.bind(digest, at: 5)
  }
}
