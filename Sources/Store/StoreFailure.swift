internal import Basics
internal import Credentials

/// Inside the store: an error of the engine, or one that is explained already.
enum StoreFailure: Error {
  case engine(SQLiteError)
  case explained(StoreError)

  /// `what` names what was wanted and the object; for an error of the engine.
  func explained(_ what: String) -> StoreError {
    switch self {
    case .engine(let error): .engine(error, what)
    case .explained(let error): error
    }
  }
}

extension StoreError {
  static func engine(_ error: SQLiteError, _ what: String) -> StoreError {
    .failed(Explanation(what: what, why: error.reason, advice: error.advice))
  }

  /// The store's own rows, or the file, are not as they were written.
  static func damagedStore(_ path: String, why: String) -> StoreError {
    .failed(
      Explanation(
        what: "the store \(path) is damaged", why: why,
        advice: "restore it from a backup; the file is left as it is"))
  }
}

/// Runs what only the engine can fail at, where more can fail.
func sql<Result: ~Copyable>(
  _ body: () throws(SQLiteError) -> Result
) throws(StoreFailure) -> Result {
  do {
    return try body()
  } catch {
    throw .engine(error)
  }
}

/// Runs what explains its own errors, where the engine can fail too.
func explained<Result: ~Copyable>(
  _ body: () throws(StoreError) -> Result
) throws(StoreFailure) -> Result {
  do {
    return try body()
  } catch {
    throw .explained(error)
  }
}
