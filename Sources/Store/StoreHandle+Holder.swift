extension StoreHandle {
  /// Who has the store at the moment, for a person who waits: `process 4711 (sqlite3)`. Nil when nobody does, or the
  /// system does not tell.
  package func holder() -> String? {
    // Machines do not tell each other.
    guard location.team == nil else { return nil }
    // Where a log is shared, the locks are on the index beside it.
    let holder = LockHolder(of: location.path) ?? LockHolder(of: location.path + "-shm")
    return holder?.text
  }
}
