internal import CSQLite

/// The tables of a store, as the steps that lead to them. A released step is never changed: a later one is added.
package struct Schema: Sendable {
  struct Step: Sendable {
    /// The `user_version` of a store after this step.
    let version: Int64
    /// The oldest release of usher that can read such a store. Written into the store, so that an older one can say
    /// what is needed.
    let release: String
    let sql: String
  }

  /// `ushr`: tells a store from any other SQLite file.
  static let applicationID: Int64 = 0x7573_6872

  let steps: [Step]

  var newest: Step { steps[steps.count - 1] }

  static let current = Schema(steps: [
    Step(
      version: 1, release: "0.1.0",
      sql: """
        CREATE TABLE store (
          key INTEGER NOT NULL PRIMARY KEY CHECK (key = 1),
          id TEXT NOT NULL,
          created INTEGER NOT NULL,
          needs TEXT NOT NULL,
          recipients TEXT NOT NULL,
          digest BLOB NOT NULL
        ) STRICT;
        CREATE TABLE connections (
          id TEXT NOT NULL PRIMARY KEY,
          provider TEXT NOT NULL,
          name TEXT NOT NULL,
          version INTEGER NOT NULL,
          created INTEGER NOT NULL,
          changed INTEGER NOT NULL,
          recipients TEXT NOT NULL,
          digest BLOB NOT NULL,
          record BLOB NOT NULL,
          UNIQUE (provider, name)
        ) STRICT;
        CREATE TABLE drafts (
          provider TEXT NOT NULL,
          name TEXT NOT NULL,
          changed INTEGER NOT NULL,
          record BLOB NOT NULL,
          PRIMARY KEY (provider, name)
        ) STRICT;
        """)
  ])

  /// Brings an empty database to the newest version. Within a transaction of the caller.
  func build(_ database: borrowing Database) throws(StoreFailure) {
    try database.execute("PRAGMA application_id = \(Schema.applicationID)")
    for step in steps { try apply(step, to: database) }
  }

  /// Brings a store of an older version to the newest. Within a transaction of the caller.
  func migrate(_ database: borrowing Database) throws(StoreFailure) {
    let version = try database.version()
    for step in steps where step.version > version { try apply(step, to: database) }
    var statement = try database.prepare("UPDATE store SET needs = ?")
    try statement.bind(newest.release, at: 0)
    try statement.run()
  }

  private func apply(_ step: Step, to database: borrowing Database) throws(StoreFailure) {
    try database.execute(step.sql)
    try database.execute("PRAGMA user_version = \(step.version)")
  }
}
