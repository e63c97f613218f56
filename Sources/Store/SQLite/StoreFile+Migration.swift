internal import CLinux
internal import Connections

/// Bringing the file of an older release up to date.
extension StoreFile {
  /// Where nothing can be written the older store is read as it lies.
  /// - Parameter obstacle: why nothing may be written, where that is known already.
  /// - Returns: why nothing can be written to it; nil when it is up to date.
  borrowing func bringUpToDate(
    _ database: borrowing Database, unless obstacle: StoreError?, signing: FirstSigning
  ) throws(StoreFailure) -> StoreError? {
    // Nothing is made of a file that is not whole.
    guard try database.isSound() else { throw damaged(StoreFile.disagreement) }
    var reason = obstacle
    let isOpen = unsafe access(path, W_OK) == 0
    if reason == nil, database.access != .write || !isOpen {
      reason = OpenStore.unwritable(path)
    }
    if reason == nil {
      do {
        try directory.exclusively { () throws(StoreError) in
          try migrate(database, signing: signing)
        }
        return nil
      } catch {
        reason = error
      }
    }
    guard try database.version() < schema.newest.version else { return obstacle }
    guard let reason, try schema.addViews(to: database) else {
      throw .explained(reason ?? OpenStore.unwritable(path))
    }
    return reason
  }

  /// Applies what is missing, all or nothing, after a copy of the file has been put beside it.
  private borrowing func migrate(
    _ database: borrowing Database, signing: FirstSigning
  ) throws(StoreError) {
    let what = "cannot bring the store \(path) up to date"
    let copy: String
    var signer: ContentSigner?
    do throws(StoreFailure) {
      // Another process may have done it while the directory was locked.
      let version = try database.version()
      guard version < schema.newest.version else { return }
      copy = "\(name).format-\(version)"
      if version < Schema.firstWithSignatures {
        guard let header = try StoreHeader(database) else {
          throw damaged("what it says of itself has been changed")
        }
        do throws(StoreError) {
          signer = try signing(header)
        } catch {
          throw .explained(error)
        }
      }
    } catch {
      throw error.explained(what)
    }
    // A copy that is there was made by a try that did not end: the store has not changed since.
    directory.remove(copy)
    try directory.makeFile(copy)
    do {
      try database.copy(to: "\(directory.path)/\(copy)")
    } catch {
      directory.remove(copy)
      throw error.explained(what)
    }
    try directory.syncFile(copy)
    do {
      try database.transaction { () throws(StoreFailure) in
        try schema.migrate(database)
        if let signer { try database.signAll(by: signer) }
      }
    } catch {
      throw error.explained(what)
    }
    // A step may write every row anew, and the room of the old ones is given back. Where that cannot be done it serves
    // later saves.
    try? database.execute("VACUUM")
  }
}
