package import Basics
internal import CLinux
internal import Glibc

/// The files of a running command, as the process has them that renews those that end (`SecretFolder.renew`).
package struct RenewedFolder: ~Copyable {
  /// The descriptors that the process is started with: a pidfd of the command, the folder, and what is to be done.
  static let process: Int32 = 3
  static let directory: Int32 = 4
  static let plan: Int32 = 5

  /// How long is waited at once, in seconds. The clock that files end by may be set meanwhile, or stand still with the
  /// machine.
  private static let longestWait: Int64 = 60

  private let directory: FileDescriptor
  private let command: FileDescriptor
  /// What `SecretFolder.renew` was given.
  package let plan: [UInt8]

  /// Takes over what this process was started with; nil where it was not started for this.
  package init?() {
    guard let status = try? FileStatus(descriptor: Self.directory), status.kind == .directory,
      status.owner == geteuid(), !status.isOpenToOthers,
      let plan = Self.readPlan(), !plan.isEmpty
    else { return nil }
    for number in [Self.process, Self.directory] { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
    command = FileDescriptor(Self.process)
    directory = FileDescriptor(Self.directory)
    self.plan = plan
  }

  private static func readPlan() -> [UInt8]? {
    let file = FileDescriptor(plan)
    let text = try? SecretBuffer.reading(file.number, limit: SecretFolder.planLimit)
    return text?.withBytes { $0.copied() }
  }

  /// Waits until a moment has come.
  /// - Returns: whether the command still runs. As soon as it does not, nothing is left to do.
  package borrowing func wait(until end: Timestamp?) -> Bool {
    while true {
      let rest = end.map { $0.secondsSinceEpoch - Timestamp.now().secondsSinceEpoch }
      var file = pollfd(fd: command.number, events: Int16(POLLIN), revents: 0)
      let time = rest.map { Int32(clamping: min(max($0, 0), Self.longestWait)) * 1000 } ?? -1
      let count = unsafe poll(&file, 1, time)
      if count > 0 { return false }
      if count < 0, linux_errno() != EINTR { return false }
      if let end, end <= .now() { return true }
    }
  }

  /// Puts a new value in the place of a file's; whoever reads it finds the one or the other.
  ///
  /// Fails where the folder has been cleared away.
  package borrowing func replace(_ name: String, by value: RawSpan) throws(SystemError) {
    try directory.replaceFile(name, by: value, through: ".\(name).new", isDurable: false)
  }
}
