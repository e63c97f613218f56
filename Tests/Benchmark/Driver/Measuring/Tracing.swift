import FoundationEssentials
import TestSupport

/// Counts that do not depend on what else the machine does, by tools that a machine may lack.
struct Tracing {
  let workspace: Workspace

  // MARK: - System calls

  /// A program under strace, which writes to `log`: only some calls where they are named.
  ///
  /// - Parameter delay: how many milliseconds each of the calls waits before it begins, as on a slow disk.
  func traced(
    _ command: Command, log: String, calls: String? = nil, delay: Int? = nil
  ) throws(Unmeasured) -> Command {
    let tool = try path("strace")
    var arguments = ["-f", "-qq", "-o", log]
    if let calls {
      arguments += ["-e", "trace=\(calls)"]
      if let delay { arguments += ["-e", "inject=\(calls):delay_enter=\(delay * 1000)"] }
    }
    return command.under(tool, arguments)
  }

  /// How many calls a log has. One that another thread's interrupts stands in two lines and counts once.
  func calls(in log: String) -> Int {
    let text = TextFile.read(log).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return text.split(separator: "\n").count {
      $0.contains("(") && !$0.contains(" resumed>") && !$0.contains(" --- ")
    }
  }

  static let syncs = "fsync,fdatasync,sync_file_range,syncfs,sync,msync"

  // MARK: - Instructions

  /// A program under callgrind, whose counts `instructions(in:)` then adds up.
  func counted(_ command: Command, logs: String) throws(Unmeasured) -> Command {
    let tool = try path("valgrind")
    return command.under(
      tool,
      [
        "--tool=callgrind", "--callgrind-out-file=/dev/null", "--trace-children=yes", "--vgdb=no",
        "--log-file=\(logs)/%p",
      ])
  }

  /// Millions of instructions of all processes.
  func instructions(in logs: String) throws(Unmeasured) -> Double {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: logs)) ?? []
    let counts = names.flatMap { name in
      let text = TextFile.read("\(logs)/\(name)").map { String(decoding: $0, as: UTF8.self) } ?? ""
      return text.split(separator: "\n").filter { $0.contains("Collected : ") }
        .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    }
    workspace.remove(logs)
    if counts.isEmpty { throw Unmeasured(reason: "valgrind counted nothing") }
    return counts.reduce(0, +) / 1e6
  }

  /// Millions of instructions of a whole run.
  func instructions(of command: Command) throws(Unmeasured) -> Double {
    let logs = try workspace.folder("instructions")
    _ = try Launch.succeed(try counted(command, logs: logs), in: workspace)
    return try instructions(in: logs)
  }

  private func path(_ name: String) throws(Unmeasured) -> String {
    guard let path = Tool.path(name) else { throw Unmeasured(reason: "\(name) is not installed") }
    return path
  }
}
