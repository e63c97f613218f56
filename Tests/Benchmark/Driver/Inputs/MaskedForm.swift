/// Usher's wizard or another program, at its masked field.
enum MaskedForm {
  case wizard(Subject)
  case other(CForm)

  var name: String {
    switch self {
    case .wizard(let subject): subject.label
    case .other(let form): form.name
    }
  }

  /// Starts it and waits for its first screen.
  func start(
    in workspace: Workspace, change: (Command) throws(Unmeasured) -> Command = { $0 }
  ) throws(Unmeasured) -> TerminalRun {
    switch self {
    case .other(let form): return try form.open(in: workspace, change: change)
    case .wizard(let subject):
      let wizard = try wizard(subject, workspace, change)
      _ = try wizard.reachStart()
      return wizard.terminal
    }
  }

  /// Starts it and goes on to its field.
  ///
  /// - Parameter change: what else the command becomes, as under a tool that counts.
  func open(
    in workspace: Workspace, change: (Command) throws(Unmeasured) -> Command = { $0 }
  ) throws(Unmeasured) -> TerminalRun {
    switch self {
    case .other(let form): return try form.open(in: workspace, change: change)
    case .wizard(let subject):
      let wizard = try wizard(subject, workspace, change)
      try wizard.reachMaskedField()
      return wizard.terminal
    }
  }

  private func wizard(
    _ subject: Subject, _ workspace: Workspace,
    _ change: (Command) throws(Unmeasured) -> Command
  ) throws(Unmeasured) -> WizardRun {
    try WizardRun(
      subject, guides: try BenchGuides.usual(in: workspace), home: try subject.emptyHome("masked"),
      change: change)
  }
}
