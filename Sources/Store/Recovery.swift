internal import Credentials

/// After the disk has failed: opens the store anew and says what is on it now.
struct Recovery {
  let store: SQLiteStore

  /// The end of a sentence.
  /// - Parameters:
  ///   - written: what was to be stored.
  ///   - missing: what it means that nothing is stored under the name.
  func state(
    of name: ConnectionName, written: [UInt8] = [], missing: String = "nothing was stored"
  ) -> String {
    let opened: OpenStore
    do throws(StoreError) {
      guard let existing = try store.openExisting() else { return missing }
      opened = existing
    } catch {
      return "the store cannot be read at the moment"
    }
    do {
      return try opened.sealed(name).record == written
        ? "the new record is on the disk nevertheless"
        : "what was stored before is still there, unchanged"
    } catch {
      if case .explained(.notFound) = error { return missing }
      return "the store cannot be read at the moment"
    }
  }
}
