internal import Basics
internal import CLinux
internal import Connections
internal import Glibc

/// Waits for another process, and says for whom when that takes long.
final class BusyWait {
  /// How long another process is waited for that uses a file, in milliseconds.
  static let limit = Int32(StoreWaiting.limit.components.seconds * 1000)
  /// From when on it is told. Saves take milliseconds: whoever waits for longer waits for something unusual.
  private static let patience: Int32 = 1_000
  /// In milliseconds; the last one is repeated. For what takes no longer than a save.
  private static let pauses: [Int32] = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100]

  private let path: String
  private let notice: StoreNotice.Receiver?
  private let limit: Int32
  private let pauses: [Int32]
  private let occupation: String
  private var waited: Int32 = 0
  /// Whether anybody is waited for.
  var isPatient = true
  /// Who was waited for last.
  private(set) var holder: LockHolder?

  /// - Parameters:
  ///   - path: the file that the other process has.
  ///   - limit: in milliseconds.
  ///   - pauses: in milliseconds; the last one is repeated.
  ///   - occupation: what the other one is doing, the end of a sentence.
  init(
    path: String, notice: StoreNotice.Receiver?, limit: Int32 = BusyWait.limit,
    pauses: [Int32] = BusyWait.pauses, occupation: String? = nil
  ) {
    self.path = path
    self.notice = notice
    self.limit = limit
    self.pauses = pauses
    self.occupation = occupation ?? "using \(path)"
  }

  /// Waits a little.
  /// - Parameter round: how often it has been waited for the same already; 0 begins a new wait.
  /// - Returns: false when it has been waited long enough, or when the task that wants the store is cancelled.
  func pause(_ round: Int) -> Bool {
    if round == 0 { waited = 0 }
    guard isPatient, !Task.isCancelled, waited < limit else { return false }
    let pause = pauses[min(round, pauses.count - 1)]
    usleep(UInt32(pause) * 1_000)
    let isDue = waited < BusyWait.patience && waited + pause >= BusyWait.patience
    waited += pause
    if isDue {
      holder = LockHolder(of: path)
      let who = holder?.text ?? "another process"
      notice?(.waiting("waiting for \(who), which is \(occupation)"))
    }
    return true
  }
}

/// The process that has a lock on a file, as `/proc/locks` names it.
struct LockHolder: Equatable {
  let process: Int32
  /// As the system calls it, at most 15 characters; empty where it does not tell.
  let name: String

  var text: String { name.isEmpty ? "process \(process)" : "process \(process) (\(name))" }

  /// Nil when nobody else has one, or when the process is one that is not seen from here.
  init?(of path: String) {
    guard let status = try? FileStatus(of: path, in: AT_FDCWD),
      let table = LockHolder.content("/proc/locks")
    else { return nil }
    let own = getpid()
    let holders = table.split(separator: "\n").compactMap { LockHolder.process($0, status.inode) }
    guard let process = holders.first(where: { $0 > 0 && $0 != own }) else { return nil }
    self.process = process
    // Whatever a program calls itself is shown through the sanitizer.
    name =
      LockHolder.content("/proc/\(process)/comm").map {
        String($0.prefix { !$0.isNewline })
      } ?? ""
  }

  /// `1: POSIX  ADVISORY  WRITE 1234 fd:01:5678 1073741825 1073741825`; who waits has a `->` behind the number.
  private static func process(_ line: Substring, _ inode: UInt64) -> Int32? {
    let words = line.split(separator: " ")
    guard words.count >= 6, words[1] != "->",
      words[5].split(separator: ":").last.flatMap({ UInt64($0) }) == inode
    else { return nil }
    return Int32(words[4])
  }

  /// These files have no size: what they hold is made when it is read.
  private static func content(_ path: String) -> String? {
    guard let file = try? FileDescriptor.open(path, O_RDONLY) else { return nil }
    var bytes: [UInt8] = []
    let step = 4096
    while bytes.count < 256 * 1024 {
      var chunk = [UInt8](repeating: 0, count: step)
      let count = unsafe chunk.withUnsafeMutableBytes { room in
        (try? unsafe FileDescriptor.read(file.number, into: room)) ?? 0
      }
      if count == 0 { break }
      bytes += chunk.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
