internal import Basics
internal import CLinux
internal import Connections
internal import Glibc

/// The file beside a store by which processes take turns in getting tokens: one byte of it for each connection. It is empty
/// and is never removed, for whoever waits has it open.
///
/// The locks are those of an open file (`F_OFD_SETLK`): the system gives them up with the process, and nothing else in the
/// process does by closing another descriptor of the file, as it would those of `fcntl`'s older kind. They are asked for
/// again and again, because whoever slept in the system could neither say whom it waits for nor give up.
enum TokenLockFile {
  /// Of its name, behind that of the store.
  static let suffix = ".lock"
  private static let limit = Int32(StoreWaiting.tokenLimit.components.seconds * 1000)
  /// In milliseconds: a token takes a round trip or more.
  private static let pauses: [Int32] = [5, 10, 20, 40, 80, 100]

  /// Waits for the byte of a connection.
  /// - Parameters:
  ///   - name: of the file, which is made where there is none.
  ///   - isPassed: asked before each pause; true ends the wait.
  /// - Throws: `.permissions` when it is not a file of our own; `.failed` when it has been waited long enough.
  static func take(
    _ row: IndexRow, _ name: String, in directory: borrowing PrivateDirectory,
    unless isPassed: () throws(StoreError) -> Bool, notice: StoreNotice.Receiver?
  ) throws(StoreError) -> TokenTurn {
    let path = "\(directory.path)/\(name)"
    _ = try directory.verifiedFile(name)
    let file: FileDescriptor
    do throws(SystemError) {
      file = try open(name, in: directory)
    } catch {
      return .unkeepable(error.failure("cannot open \(path)"))
    }
    let wait = BusyWait(
      path: path, notice: notice, limit: limit, pauses: pauses,
      occupation: "getting a token for \(row.name)")
    var round = 0
    while linux_lock_byte(file.number, place(of: row.id)) != 0 {
      let error = SystemError.last
      guard [EAGAIN, EACCES, EINTR].contains(error.code) else {
        return .unkeepable(error.failure("cannot lock \(path)"))
      }
      if try isPassed() { return .passed }
      guard wait.pause(round) else { throw tooLong(row.name) }
      round += 1
    }
    return .taken(TokenLock(heldBy: file))
  }

  private static func open(
    _ name: String, in directory: borrowing PrivateDirectory
  ) throws(SystemError) -> FileDescriptor {
    while true {
      do {
        return try FileDescriptor.open(
          name, O_RDWR | O_NOFOLLOW | O_NONBLOCK, in: directory.descriptor)
      } catch {
        guard error.code == ENOENT else { throw error }
      }
      do {
        return try directory.directory.makeFile(name)
      } catch {
        // Another process has made it a moment ago.
        guard error.code == EEXIST else { throw error }
      }
    }
  }

  /// The byte of a connection. Two that share one, which chance does not bring about, wait for each other.
  private static func place(of id: String) -> Int {
    id.sha256.prefix(7).reduce(0) { $0 << 8 | Int($1) }
  }

  private static func tooLong(_ name: ConnectionName) -> StoreError {
    .failed(
      Explanation(
        what: "no token for \(name)",
        why:
          "another usher has been getting one for more than \(StoreWaiting.tokenLimit.components.seconds) seconds",
        advice: "end it if it hangs (pgrep -a usher), then try again"))
  }
}
