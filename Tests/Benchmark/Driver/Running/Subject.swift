import Glibc
import TestSupport

/// A program under measurement.
struct Subject {
  /// What it is called in the report.
  let label: String
  /// Where it was found.
  let origin: String
  /// A copy of it that nothing replaces meanwhile.
  let program: String
  /// What its `--version` says.
  let version: String
  /// Its size in bytes.
  let size: Int
  let workspace: Workspace

  init(label: String, path: String, in workspace: Workspace) throws(Unmeasured) {
    (self.label, origin, self.workspace) = (label, path, workspace)
    let folder = try workspace.folder("programs")
    program = "\(folder)/\(label.filter { $0 != " " })"
    try workspace.copy(path, to: program)
    var status = stat()
    unsafe stat(program, &status)
    size = Int(status.st_size)
    let asked = ChildProcess.run(program, ["--version"])
    version = asked.text.split(separator: "\n").first.map(String.init) ?? "does not start"
    if asked.status != 0 {
      throw Unmeasured(reason: "\(path) --version fails: \(asked.errorText)")
    }
  }

  /// The program with arguments, at home in a folder. Its indices are kept from one run to the next.
  func command(_ arguments: [String], home: String) -> Command {
    Command(program, arguments, home: home, cache: cache)
  }

  /// Where it keeps indices, of which each program may have its own format.
  var cache: String { workspace.file("cache-\(label.filter { $0 != " " })") }

  /// A home of this program's own with nothing in it.
  func emptyHome(_ name: String) throws(Unmeasured) -> String {
    let path = place("home-\(name)")
    workspace.remove(path)
    return try workspace.folder(named: path)
  }

  /// A place of this program's own.
  func place(_ name: String) -> String {
    workspace.file("\(label.filter { $0 != " " })-\(name)")
  }
}

/// A program, what it is told, and where its streams lead.
struct Command {
  var program: String
  var arguments: [String]
  var environment: [String: String]
  var directory: String
  /// What it is called where it fails.
  let name: String
  /// A file for each stream.
  var input = "/dev/null"
  var output = "/dev/null"
  var errors = "/dev/null"

  init(_ program: String, _ arguments: [String], home: String, cache: String? = nil) {
    (self.program, self.arguments, directory) = (program, arguments, home)
    name = arguments.prefix(2).joined(separator: " ")
    environment = [
      "HOME": home, "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8",
    ]
    environment["XDG_CACHE_HOME"] = cache
  }

  /// The same under a program that is given this one behind its own arguments.
  func under(_ program: String, _ arguments: [String]) -> Command {
    var command = self
    command.program = program
    command.arguments = arguments + [self.program] + self.arguments
    return command
  }
}
