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
    /// Views over a store of the step before, for reading it as if it had this one where nothing can be written. They
    /// last as long as the connection, and those of later steps may stand on them. Nil where that cannot be done.
    var views: String?
  }

  /// `ushr`: tells a store from any other SQLite file.
  static let applicationID: Int64 = 0x7573_6872

  /// From which version on a store counts its rows.
  static let firstWithCounts: Int64 = 2

  /// From which version on all that is sealed is signed. Whoever brings a store to it signs what is there.
  static let firstWithSignatures: Int64 = 6

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
        """),
    // Rows apart from records, so that a list reads no record; what it shows of one, sealed; how many rows there are.
    Step(
      version: 2, release: "0.2.0",
      sql: """
        ALTER TABLE connections RENAME TO former;
        CREATE TABLE connections (
          number INTEGER NOT NULL PRIMARY KEY,
          provider TEXT NOT NULL,
          name TEXT NOT NULL,
          version INTEGER NOT NULL,
          created INTEGER NOT NULL,
          changed INTEGER NOT NULL,
          summary BLOB,
          id TEXT NOT NULL,
          recipients TEXT NOT NULL,
          digest BLOB NOT NULL,
          UNIQUE (provider, name)
        ) STRICT;
        CREATE TABLE records (
          number INTEGER NOT NULL PRIMARY KEY,
          record BLOB NOT NULL
        ) STRICT;
        INSERT INTO connections
          SELECT rowid, provider, name, version, created, changed, NULL, id, recipients, digest
          FROM former;
        INSERT INTO records SELECT rowid, record FROM former;
        DROP TABLE former;
        CREATE TABLE row_key (
          key INTEGER NOT NULL PRIMARY KEY CHECK (key = 1),
          file BLOB NOT NULL
        ) STRICT;
        CREATE TABLE counts (
          key INTEGER NOT NULL PRIMARY KEY CHECK (key = 1),
          connections INTEGER NOT NULL,
          drafts INTEGER NOT NULL
        ) STRICT;
        INSERT INTO counts
          SELECT 1, (SELECT count(*) FROM connections), (SELECT count(*) FROM drafts);
        CREATE TRIGGER connection_added AFTER INSERT ON connections BEGIN
          UPDATE counts SET connections = connections + 1;
        END;
        CREATE TRIGGER connection_removed AFTER DELETE ON connections BEGIN
          UPDATE counts SET connections = connections - 1;
          DELETE FROM records WHERE number = old.number;
        END;
        CREATE TRIGGER draft_added AFTER INSERT ON drafts BEGIN
          UPDATE counts SET drafts = drafts + 1;
        END;
        CREATE TRIGGER draft_removed AFTER DELETE ON drafts BEGIN
          UPDATE counts SET drafts = drafts - 1;
        END;
        """,
      views: """
        CREATE TEMP VIEW connections AS
          SELECT rowid AS number, provider, name, version, created, changed, NULL AS summary, id,
            recipients, digest
          FROM main.connections;
        CREATE TEMP VIEW records AS SELECT rowid AS number, record FROM main.connections;
        CREATE TEMP VIEW row_key AS SELECT 1 AS key, NULL AS file WHERE 0;
        CREATE TEMP VIEW counts AS
          SELECT 1 AS key, (SELECT count(*) FROM main.connections) AS connections,
            (SELECT count(*) FROM main.drafts) AS drafts;
        """),
    // What was got with the values of a connection. Its version is its own, so that a renewal changes no connection.
    Step(
      version: 3, release: "0.3.0",
      sql: """
        CREATE TABLE tokens (
          number INTEGER NOT NULL PRIMARY KEY,
          token_version INTEGER NOT NULL,
          token BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER token_removed AFTER DELETE ON connections BEGIN
          DELETE FROM tokens WHERE number = old.number;
        END;
        """,
      views: """
        CREATE TEMP VIEW tokens AS
          SELECT NULL AS number, NULL AS token_version, NULL AS token WHERE 0;
        """),
    // What accounts are linked with that is no account: the operator's own applications, and how many there are.
    Step(
      version: 4, release: "0.3.0",
      sql: """
        CREATE TABLE applications (
          name TEXT NOT NULL PRIMARY KEY,
          provider TEXT NOT NULL,
          created INTEGER NOT NULL,
          changed INTEGER NOT NULL,
          recipients TEXT NOT NULL,
          digest BLOB NOT NULL,
          application BLOB NOT NULL
        ) STRICT;
        CREATE TABLE application_count (
          key INTEGER NOT NULL PRIMARY KEY CHECK (key = 1),
          applications INTEGER NOT NULL
        ) STRICT;
        INSERT INTO application_count VALUES (1, 0);
        CREATE TRIGGER application_added AFTER INSERT ON applications BEGIN
          UPDATE application_count SET applications = applications + 1;
        END;
        CREATE TRIGGER application_removed AFTER DELETE ON applications BEGIN
          UPDATE application_count SET applications = applications - 1;
        END;
        """,
      views: """
        CREATE TEMP VIEW applications AS
          SELECT NULL AS name, NULL AS provider, NULL AS created, NULL AS changed,
            NULL AS recipients, NULL AS digest, NULL AS application
          WHERE 0;
        CREATE TEMP VIEW application_count AS SELECT 1 AS key, 0 AS applications;
        """),
    // What the last change of a connection's values took the place of, as it was sealed: record, and tokens if there were
    // any.
    Step(
      version: 5, release: "0.4.0",
      sql: """
        CREATE TABLE former_generations (
          number INTEGER NOT NULL PRIMARY KEY,
          record BLOB NOT NULL,
          token_version INTEGER,
          token BLOB
        ) STRICT;
        CREATE TRIGGER former_generation_removed AFTER DELETE ON connections BEGIN
          DELETE FROM former_generations WHERE number = old.number;
        END;
        """,
      views: """
        CREATE TEMP VIEW former_generations AS
          SELECT NULL AS number, NULL AS record, NULL AS token_version, NULL AS token WHERE 0;
        """),
    // The tables stay. What is sealed is signed, each thing where it lies: see `SignedEnvelope`.
    Step(version: 6, release: "0.4.0", sql: "", views: ""),
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

  /// Makes the views that a store of an older version is read through, step by step. False where one of the steps has
  /// none.
  func addViews(to database: borrowing Database) throws(StoreFailure) -> Bool {
    let version = try database.version()
    let views = steps.filter { $0.version > version }.map(\.views)
    guard !views.contains(nil) else { return false }
    for case let view? in views { try database.execute(view) }
    return true
  }

  private func apply(_ step: Step, to database: borrowing Database) throws(StoreFailure) {
    try database.execute(step.sql)
    try database.execute("PRAGMA user_version = \(step.version)")
  }
}
