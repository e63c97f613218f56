internal import CSQLite
internal import Glibc
internal import Synchronization

/// A SQLite VFS over the system's that fails, or ends the process, at the call that a test names.
///
/// Calls that open, read, write, cut, sync, delete or map a file are counted from 1, over all files.
@safe
package final class FaultyDisk: @unchecked Sendable {
  package enum Fault: String, CaseIterable, Sendable {
    /// The disk reports an error.
    case broken
    /// The disk is full; for calls that need no room, an error.
    case full
    /// The process is killed, as by `kill -9`.
    case kill
    /// A write is acknowledged and not done. Other calls work.
    case lost
  }

  /// What happens, and when.
  package struct Plan: Sendable {
    /// The number of the call.
    package var call: Int
    package var fault: Fault
    /// Whether every later call fails too.
    package var isLasting: Bool

    package init(call: Int, fault: Fault, isLasting: Bool = false) {
      self.call = call
      self.fault = fault
      self.isLasting = isLasting
    }
  }

  /// Something that changed what the disk holds, or made sure of it.
  package enum Operation: Sendable {
    case write(file: String, offset: Int, bytes: [UInt8])
    case truncate(file: String, size: Int)
    case sync(file: String)
    /// The test's own: what was to be written before has been acknowledged.
    case mark
  }

  private struct State {
    var plan: Plan?
    var calls = 0
    var operations: [Operation]?
    /// The paths of open files, by where SQLite keeps them.
    var names: [Int: String] = [:]
  }

  /// For `sqlite3_open_v2`.
  package let name: String
  private let state = Mutex(State())
  private let vfs: UnsafeMutablePointer<sqlite3_vfs>
  private let nameText: UnsafeMutablePointer<CChar>

  package init(name: String) {
    self.name = name
    guard let real = unsafe sqlite3_vfs_find(nil), let text = unsafe strdup(name) else {
      fatalError("SQLite has no VFS")
    }
    unsafe nameText = text
    unsafe vfs = .allocate(capacity: 1)
    unsafe vfs.initialize(to: real.pointee)
    unsafe vfs.pointee.pNext = nil
    unsafe vfs.pointee.zName = UnsafePointer(text)
    unsafe vfs.pointee.szOsFile = FaultyFile.headerSize + real.pointee.szOsFile
    unsafe vfs.pointee.pAppData = Unmanaged.passUnretained(self).toOpaque()
    unsafe vfs.pointee.xOpen = FaultyFile.open
    unsafe vfs.pointee.xDelete = { vfs, name, sync in
      guard let vfs = unsafe vfs, let real = unsafe sqlite3_vfs_find(nil) else {
        return SQLITE_IOERR
      }
      let disk = unsafe FaultyDisk.of(vfs.pointee.pAppData)
      if let code = disk?.fault(FaultyFile.deleteError) { return code }
      return unsafe real.pointee.xDelete(real, name, sync)
    }
    unsafe sqlite3_vfs_register(vfs, 0)
  }

  deinit {
    unsafe sqlite3_vfs_unregister(vfs)
    unsafe vfs.deallocate()
    unsafe free(nameText)
  }

  /// Counts from 1 again, and fails as planned from now on.
  package func plan(_ plan: Plan) {
    state.withLock { state in
      state.plan = plan
      state.calls = 0
    }
  }

  /// Fails no more. The count stays.
  package func normalize() { state.withLock { $0.plan = nil } }

  /// Keeps what is done from now on.
  package func record() { state.withLock { $0.operations = [] } }

  /// Puts a mark behind what has been done.
  package func mark() { state.withLock { $0.operations?.append(.mark) } }

  /// What was done since `record`.
  package var operations: [Operation] { state.withLock { $0.operations ?? [] } }

  func remember(_ path: String, of file: Int) { state.withLock { $0.names[file] = path } }

  func record(_ file: Int, _ operation: (String) -> Operation) {
    state.withLock { state in
      guard state.operations != nil, let path = state.names[file] else { return }
      state.operations?.append(operation(path))
    }
  }

  /// How many calls there were since the plan was made, those after `normalize` included.
  package var calls: Int { state.withLock { $0.calls } }

  static func of(_ pointer: UnsafeMutableRawPointer?) -> FaultyDisk? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe Unmanaged<FaultyDisk>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// Counts a call. The code that it returns without doing anything, or nil.
  func fault(_ broken: Int32, takesRoom: Bool = false) -> Int32? {
    let fault = state.withLock { state -> Fault? in
      state.calls += 1
      guard let plan = state.plan else { return nil }
      let isDue = plan.isLasting ? state.calls >= plan.call : state.calls == plan.call
      return isDue ? plan.fault : nil
    }
    switch fault {
    case .broken: return broken
    case .lost: return takesRoom ? SQLITE_OK : nil
    case .full: return takesRoom ? SQLITE_FULL : broken
    case .kill:
      kill(getpid(), SIGKILL)
      return broken
    case nil: return nil
    }
  }
}
