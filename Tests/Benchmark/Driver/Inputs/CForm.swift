import TestSupport

/// A program that shows one masked field and is not ours: what screens are set beside.
struct CForm {
  /// The form in C in `Tests/Benchmark/Floor/floor.c`.
  static let floor = CForm(name: "C floor", field: "Ctrl-D leave") { workspace throws(Unmeasured) in
    try compile(in: workspace)
  }
  static let whiptail = CForm(name: "whiptail", field: "<Ok>") { workspace throws(Unmeasured) in
    guard let program = Tool.path("whiptail") else {
      throw Unmeasured(reason: "whiptail is not installed")
    }
    return Command(
      program, ["--title", "The key", "--passwordbox", "Password", "10", "60"],
      home: workspace.path)
  }
  static var all: [CForm] { [floor, whiptail] }

  let name: String
  /// What it shows once its field is there.
  let field: String
  private let command: @Sendable (Workspace) throws(Unmeasured) -> Command

  private init(
    name: String, field: String,
    command: @escaping @Sendable (Workspace) throws(Unmeasured) -> Command
  ) {
    (self.name, self.field, self.command) = (name, field, command)
  }

  /// Starts it and waits for its field.
  func open(
    in workspace: Workspace, change: (Command) throws(Unmeasured) -> Command = { $0 }
  ) throws(Unmeasured) -> TerminalRun {
    let terminal = try TerminalRun(try change(try command(workspace)), in: workspace)
    _ = try terminal.wait(forBytes: field)
    return terminal
  }

  /// What its first screen costs.
  func paint(in workspace: Workspace) throws(Unmeasured) -> Sample {
    let terminal = try open(in: workspace)
    let wall = milliseconds(since: terminal.started, to: terminal.lastRead)
    return [.wall: wall, .processor: terminal.end()]
  }

  /// Compiled once for each run, as any C program of the system.
  private static func compile(in workspace: Workspace) throws(Unmeasured) -> Command {
    let program = workspace.file("floor")
    if TextFile.read(program) == nil {
      guard let compiler = Tool.path("cc") ?? Tool.path("gcc") ?? Tool.path("clang") else {
        throw Unmeasured(reason: "cc is not installed")
      }
      let built = ChildProcess.run(
        compiler, ["-O2", "-o", program, source, "-lncursesw", "-ltinfo"],
        environment: ["PATH": "/usr/bin:/bin"])
      guard built.status == 0 else {
        throw Unmeasured(
          reason: "the C floor does not compile: \(built.errorText.prefix { $0 != "\n" })")
      }
      workspace.give(program)
    }
    return Command(program, [], home: workspace.path)
  }

  private static var source: String {
    let folders = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return folders.joined(separator: "/") + "/Floor/floor.c"
  }
}
