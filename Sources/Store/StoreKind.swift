/// The kinds of store. A new one is a case here and an engine in a folder of its own; the compiler names the rest, and
/// the contract suite runs over all of them.
package enum StoreKind: String, CaseIterable, Sendable {
  case sqlite

  /// What `--store` may begin with, before a colon. A text without any is the path of a SQLite file.
  package var schemes: [String] {
    switch self {
    case .sqlite: ["sqlite", "file"]
    }
  }

  /// With an article, for a person.
  var noun: String {
    switch self {
    case .sqlite: "a SQLite file"
    }
  }

  func engine(at location: StoreLocation, notice: StoreNotice.Receiver?) -> any StoreEngine {
    switch self {
    case .sqlite: SQLiteEngine(at: location, notice: notice)
    }
  }
}
