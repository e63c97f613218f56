internal import CSQLite

/// A file of a `FaultyDisk`: SQLite's header, the disk, then the file of the system's VFS.
enum FaultyFile {
  /// `sqlite3_file` and one pointer.
  static let headerSize: Int32 = 16
  private static let diskOffset = 8

  /// Extended codes are macros with arguments in SQLite's header.
  static let readError = SQLITE_IOERR | 1 << 8
  static let writeError = SQLITE_IOERR | 3 << 8
  static let syncError = SQLITE_IOERR | 4 << 8
  static let truncateError = SQLITE_IOERR | 6 << 8
  static let deleteError = SQLITE_IOERR | 10 << 8
  static let mapError = SQLITE_IOERR | 21 << 8

  typealias File = UnsafeMutablePointer<sqlite3_file>

  static let open:
    @convention(c) (
      UnsafeMutablePointer<sqlite3_vfs>?, sqlite3_filename?, File?, Int32,
      UnsafeMutablePointer<Int32>?
    ) -> Int32 = { vfs, name, file, flags, outFlags in
      guard let vfs = unsafe vfs, let file = unsafe file, let real = unsafe sqlite3_vfs_find(nil)
      else { return SQLITE_CANTOPEN }
      unsafe file.pointee.pMethods = nil
      let context = unsafe vfs.pointee.pAppData
      if let code = unsafe FaultyDisk.of(context)?.fault(SQLITE_CANTOPEN) { return code }
      let inner = unsafe FaultyFile.inner(file)
      let code = unsafe real.pointee.xOpen(real, name, inner, flags, outFlags)
      if code == SQLITE_OK {
        unsafe UnsafeMutableRawPointer(file).storeBytes(
          of: context, toByteOffset: diskOffset, as: UnsafeMutableRawPointer?.self)
        unsafe file.pointee.pMethods = methods
        if let name = unsafe name {
          let path = unsafe String(cString: name)
          unsafe disk(file)?.remember(path, of: Int(bitPattern: file))
        }
      }
      return code
    }

  private static func inner(_ file: File) -> File {
    unsafe UnsafeMutableRawPointer(file).advanced(by: Int(headerSize))
      .assumingMemoryBound(to: sqlite3_file.self)
  }

  private static func disk(_ file: File) -> FaultyDisk? {
    unsafe FaultyDisk.of(
      UnsafeMutableRawPointer(file).load(
        fromByteOffset: diskOffset, as: UnsafeMutableRawPointer?.self))
  }

  /// Calls the system's file, unless this call is to fail.
  private static func call(
    _ file: File?, failing code: Int32? = nil, takesRoom: Bool = false,
    _ body: (File, UnsafePointer<sqlite3_io_methods>) -> Int32
  ) -> Int32 {
    guard let file = unsafe file else { return SQLITE_IOERR }
    if let code, let fault = unsafe disk(file)?.fault(code, takesRoom: takesRoom) { return fault }
    let inner = unsafe inner(file)
    guard let methods = unsafe inner.pointee.pMethods else { return SQLITE_IOERR }
    return unsafe body(inner, methods)
  }

  /// Keeps what a call that went well has done.
  private static func record(
    _ file: File?, _ code: Int32, _ operation: (String) -> FaultyDisk.Operation
  ) -> Int32 {
    if code == SQLITE_OK, let file = unsafe file {
      unsafe disk(file)?.record(Int(bitPattern: file), operation)
    }
    return code
  }

  nonisolated(unsafe) private static let methods: UnsafePointer<sqlite3_io_methods> = {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    unsafe methods.initialize(to: sqlite3_io_methods())
    // Version 2: with shared memory, without mapped pages.
    unsafe methods.pointee.iVersion = 2
    unsafe setContent(methods)
    unsafe setControl(methods)
    unsafe setSharedMemory(methods)
    return unsafe UnsafePointer(methods)
  }()

  private static func setContent(_ methods: UnsafeMutablePointer<sqlite3_io_methods>) {
    unsafe methods.pointee.xClose = { file in
      unsafe FaultyFile.call(file) { unsafe $1.pointee.xClose($0) }
    }
    unsafe methods.pointee.xRead = { file, buffer, count, offset in
      unsafe FaultyFile.call(file, failing: FaultyFile.readError) {
        unsafe $1.pointee.xRead($0, buffer, count, offset)
      }
    }
    unsafe methods.pointee.xWrite = { file, buffer, count, offset in
      let code = unsafe FaultyFile.call(file, failing: FaultyFile.writeError, takesRoom: true) {
        unsafe $1.pointee.xWrite($0, buffer, count, offset)
      }
      let bytes = unsafe Array(UnsafeRawBufferPointer(start: buffer, count: Int(count)))
      return unsafe FaultyFile.record(file, code) {
        .write(file: $0, offset: Int(offset), bytes: bytes)
      }
    }
    unsafe methods.pointee.xTruncate = { file, size in
      let code = unsafe FaultyFile.call(file, failing: FaultyFile.truncateError) {
        unsafe $1.pointee.xTruncate($0, size)
      }
      return unsafe FaultyFile.record(file, code) { .truncate(file: $0, size: Int(size)) }
    }
    unsafe methods.pointee.xSync = { file, flags in
      let code = unsafe FaultyFile.call(file, failing: FaultyFile.syncError) {
        unsafe $1.pointee.xSync($0, flags)
      }
      return unsafe FaultyFile.record(file, code) { .sync(file: $0) }
    }
    unsafe methods.pointee.xFileSize = { file, size in
      unsafe FaultyFile.call(file) { unsafe $1.pointee.xFileSize($0, size) }
    }
  }

  private static func setControl(_ methods: UnsafeMutablePointer<sqlite3_io_methods>) {
    unsafe methods.pointee.xLock = { file, level in
      unsafe FaultyFile.call(file) { unsafe $1.pointee.xLock($0, level) }
    }
    unsafe methods.pointee.xUnlock = { file, level in
      unsafe FaultyFile.call(file) { unsafe $1.pointee.xUnlock($0, level) }
    }
    unsafe methods.pointee.xCheckReservedLock = { file, result in
      unsafe FaultyFile.call(file) { unsafe $1.pointee.xCheckReservedLock($0, result) }
    }
    unsafe methods.pointee.xFileControl = { file, operation, argument in
      unsafe FaultyFile.call(file) { unsafe $1.pointee.xFileControl($0, operation, argument) }
    }
    unsafe methods.pointee.xSectorSize = { file in
      unsafe FaultyFile.call(file) { unsafe $1.pointee.xSectorSize($0) }
    }
    unsafe methods.pointee.xDeviceCharacteristics = { file in
      unsafe FaultyFile.call(file) { unsafe $1.pointee.xDeviceCharacteristics($0) }
    }
  }

  private static func setSharedMemory(_ methods: UnsafeMutablePointer<sqlite3_io_methods>) {
    unsafe methods.pointee.xShmMap = { file, region, size, extend, memory in
      unsafe FaultyFile.call(file, failing: FaultyFile.mapError) {
        unsafe $1.pointee.xShmMap($0, region, size, extend, memory)
      }
    }
    unsafe methods.pointee.xShmLock = { file, offset, count, flags in
      unsafe FaultyFile.call(file) { unsafe $1.pointee.xShmLock($0, offset, count, flags) }
    }
    unsafe methods.pointee.xShmBarrier = { file in
      _ = unsafe FaultyFile.call(file) {
        unsafe $1.pointee.xShmBarrier($0)
        return SQLITE_OK
      }
    }
    unsafe methods.pointee.xShmUnmap = { file, delete in
      unsafe FaultyFile.call(file) { unsafe $1.pointee.xShmUnmap($0, delete) }
    }
  }
}
