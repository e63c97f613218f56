import Glibc
import TestSupport

extension UsherProgram {
  /// The user's own `config.yaml`.
  var configurationPath: String { home.file(".config/usher/config.yaml") }

  /// Writes the user's `config.yaml`, which belongs to the account that the program runs as.
  func configure(_ text: String, mode: UInt32 = 0o644) {
    let folder = home.file(".config/usher")
    shell("mkdir -p -m 0700 '\(home.file(".config"))' '\(folder)'")
    TextFile.write(text, to: configurationPath)
    unsafe chmod(configurationPath, mode)
    if geteuid() == 0 {
      shell("chown -R \(UsherProgram.nobody):\(UsherProgram.nobody) '\(home.file(".config"))'")
    }
  }

  /// Runs it where `/etc` holds nothing but the machine's `config.yaml`.
  /// - Parameters:
  ///   - isClosed: whether the folder of that is closed to other accounts than root.
  ///   - isRoot: whether it runs as root, or as what an account of its own takes for it.
  func run(
    _ arguments: [String], machine text: String, isClosed: Bool = false,
    isRoot: Bool = false, adding extra: [String: String] = [:]
  ) -> ChildProcess {
    let etc = home.file("etc")
    shell("mkdir -p -m 0755 '\(etc)/usher'")
    TextFile.write(text, to: "\(etc)/usher/config.yaml")
    for path in [etc, "\(etc)/usher", "\(etc)/usher/config.yaml"] { unsafe chmod(path, 0o755) }
    if isClosed { unsafe chmod("\(etc)/usher", isRoot ? 0o700 : 0) }
    defer { unsafe chmod("\(etc)/usher", 0o755) }
    let own = geteuid() == 0 ? [] : [isRoot ? "--map-root-user" : "--map-current-user"]
    return ChildProcess.run(
      "/usr/bin/unshare",
      own + ["--mount", "sh", "-c", "mount --bind \"$0\" /etc && exec \"$@\"", etc]
        + (isRoot ? [UsherProgram.path] + arguments : UsherProgram.command(arguments)),
      environment: environment.merging(extra) { $1 })
  }

  private func shell(_ command: String) {
    _ = ChildProcess.run("/bin/sh", ["-c", command], environment: environment)
  }
}
