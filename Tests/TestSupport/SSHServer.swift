internal import CLinux
internal import Glibc

/// A real sshd on loopback with keys of its own, and the ssh command line that reaches it.
///
/// It accepts one generated key for the current user and nothing else. The daemon ends with the value.
package final class SSHServer: @unchecked Sendable {
  private let directory = TemporaryDirectory()
  private let process: pid_t
  package let port: UInt16

  /// The tools that are needed; tests that use the server are skipped by name without them.
  package static var isAvailable: Bool {
    ["sshd", "ssh", "ssh-keygen"].allSatisfy { Tool.path($0) != nil }
  }

  /// Nil when the daemon does not come up.
  /// - Parameter extra: further lines of its configuration.
  package init?(adding extra: [String] = []) {
    guard let sshd = Tool.path("sshd"), let keygen = Tool.path("ssh-keygen") else { return nil }
    for key in ["host", "user"] {
      let made = ChildProcess.run(
        keygen, ["-q", "-t", "ed25519", "-N", "", "-f", directory.file(key)])
      guard made.status == 0 else { return nil }
    }
    // Debian's sshd wants its privilege separation directory even when it stays in the foreground.
    if geteuid() == 0 { unsafe mkdir("/run/sshd", 0o755) }
    let configuration = """
      ListenAddress 127.0.0.1
      HostKey \(directory.file("host"))
      AuthorizedKeysFile \(directory.file("user.pub"))
      PidFile none
      StrictModes no
      UsePAM no
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      PermitRootLogin yes
      ClientAliveInterval 1
      ClientAliveCountMax 2
      AcceptEnv USHER_* LANG TERM
      """
    let lines = ([configuration] + extra).joined(separator: "\n")
    TextFile.write(lines + "\n", to: directory.file("sshd_config"))
    guard let started = SSHServer.start(sshd, configuration: directory.file("sshd_config")) else {
      return nil
    }
    (process, port) = started
  }

  deinit {
    kill(process, SIGKILL)
    _ = Spawn.wait(for: process)
  }

  /// The arguments of `ssh` for a command on a terminal of its own.
  package func arguments(for command: String, withTerminal: Bool = true) -> [String] {
    [
      "-F", "none", "-i", directory.file("user"), "-p", String(port), withTerminal ? "-tt" : "-T",
      "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=no",
      "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
      "\(SSHServer.userName)@127.0.0.1", command,
    ]
  }

  private static var userName: String {
    guard let entry = unsafe getpwuid(geteuid()) else { return "root" }
    return unsafe String(cString: entry.pointee.pw_name)
  }

  /// What runs below it: the processes of each connection, and the programs there.
  package var descendants: [Int32] { PseudoTerminal.descendants(of: process) }

  /// Starts on a free port. The daemon says in its log when it listens; another's port in the way means another try.
  private static func start(_ sshd: String, configuration: String) -> (pid_t, UInt16)? {
    for _ in 0..<20 {
      let port = UInt16.random(in: 20000...60000)
      var ends: [Int32] = [0, 0]
      guard unsafe linux_pipe(&ends) == 0 else { return nil }
      let process = Spawn.start(
        sshd, ["-D", "-e", "-f", configuration, "-p", String(port)], environment: [:],
        descriptors: [2: ends[1]])
      close(ends[1])
      defer { close(ends[0]) }
      guard let process else { return nil }
      if hasSaid("Server listening on", on: ends[0]) { return (process, port) }
      kill(process, SIGKILL)
      _ = Spawn.wait(for: process)
    }
    return nil
  }

  /// Reads until the words appear, or the log ends.
  private static func hasSaid(_ words: String, on descriptor: Int32) -> Bool {
    var log = ""
    var chunk = [UInt8](repeating: 0, count: 4096)
    while !log.contains(words) {
      let count = unsafe read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return false }
      log += String(decoding: chunk[..<count], as: UTF8.self)
    }
    return true
  }
}
