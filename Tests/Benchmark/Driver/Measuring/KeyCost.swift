/// What one key costs a program on a terminal: the difference between a run with many keys and one with few, so that the
/// start and the end are in none of the figures.
struct KeyCost {
  /// Opens a program at the field that is typed into, as a command that is changed before.
  typealias Opening = (_ change: (Command) throws(Unmeasured) -> Command) throws(Unmeasured) ->
    TerminalRun

  let workspace: Workspace
  let few: Int
  let many: Int
  /// Milliseconds of silence behind a key under a tool that counts, which slows the program down.
  private static let patience: Int32 = 60

  init(_ workspace: Workspace, few: Int, more: Int) {
    (self.workspace, self.few) = (workspace, few)
    many = few + more
  }

  /// Microseconds on a processor, microseconds to the echo, and bytes of a typed key.
  func sample(_ open: Opening) throws(Unmeasured) -> Sample {
    let first = try open { $0 }
    _ = try Typing(few, in: first)
    let before = first.end()
    let second = try open { $0 }
    let typing = try Typing(many, in: second)
    return [
      .processor: (second.end() - before) * 1e3 / Double(many - few),
      .echo: (Series(typing.echoes)?.median ?? 0) * 1e3,
      .bytes: Series(typing.bytes)?.median ?? 0,
    ]
  }

  /// Thousands of instructions.
  func instructions(_ open: Opening) throws(Unmeasured) -> Double {
    let tracing = Tracing(workspace: workspace)
    return try difference { keys throws(Unmeasured) in
      let logs = try workspace.folder("instructions")
      let terminal = try open { command throws(Unmeasured) in
        try tracing.counted(command, logs: logs)
      }
      _ = try Typing(keys, in: terminal, quiet: KeyCost.patience)
      terminal.terminate()
      return try tracing.instructions(in: logs) * 1e3
    }
  }

  func systemCalls(_ open: Opening) throws(Unmeasured) -> Double {
    let tracing = Tracing(workspace: workspace)
    let log = workspace.file("system-calls")
    return try difference { keys throws(Unmeasured) in
      workspace.remove(log)
      let terminal = try open { command throws(Unmeasured) in
        try tracing.traced(command, log: log)
      }
      _ = try Typing(keys, in: terminal, quiet: KeyCost.patience)
      terminal.terminate()
      return Double(tracing.calls(in: log))
    }
  }

  private func difference(_ count: (_ keys: Int) throws(Unmeasured) -> Double)
    throws(Unmeasured) -> Double
  {
    let before = try count(few)
    return (try count(many) - before) / Double(many - few)
  }
}
