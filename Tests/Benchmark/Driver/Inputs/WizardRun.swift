/// Usher's wizard on its way through the guide of `BenchGuides`.
struct WizardRun {
  /// Enter is ignored for a moment on a screen that acts.
  private static let moment: Int32 = 250
  private static let start = "▸ Start"
  /// Comes before it where a store is about to be made.
  private static let secondKey = "A second key"

  let terminal: TerminalRun

  /// - Parameter change: what else the command becomes, as under a tool that counts.
  init(
    _ subject: Subject, guides: String, home: String,
    change: (Command) throws(Unmeasured) -> Command = { $0 }
  ) throws(Unmeasured) {
    let command = subject.command(
      ["connect", BenchGuides.slug, "--guides", guides, "--no-check"], home: home)
    terminal = try TerminalRun(try change(command), in: subject.workspace)
  }

  /// Waits for the first screen. Milliseconds since the start.
  func reachStart() throws(Unmeasured) -> Double {
    try terminal.wait(forBytes: WizardRun.start, WizardRun.secondKey)
  }

  func reachPlainField(seconds: Double = 120) throws(Unmeasured) {
    _ = try terminal.wait(forBytes: WizardRun.start, WizardRun.secondKey, seconds: seconds)
    terminal.settle(WizardRun.moment)
    if !terminal.shows(WizardRun.start) {
      terminal.press("\r")
      try terminal.wait(for: WizardRun.start, seconds: seconds)
      terminal.settle(WizardRun.moment)
    }
    terminal.press("\r")
    try terminal.wait(for: BenchGuides.plainField, seconds: seconds)
    terminal.settle(50)
  }

  func reachMaskedField(seconds: Double = 120) throws(Unmeasured) {
    try reachPlainField(seconds: seconds)
    terminal.press("abc")
    terminal.settle(50)
    terminal.press("\r")
    try terminal.wait(for: BenchGuides.maskedField, seconds: seconds)
    terminal.settle(WizardRun.moment)
  }
}

/// Keys in a field, each waited for: sixteen are typed, then erased, and so on.
struct Typing {
  /// Milliseconds from each key to the last byte of what it changed.
  private(set) var echoes: [Double] = []
  /// Bytes written for each typed key.
  private(set) var bytes: [Double] = []

  /// - Parameter quiet: milliseconds of silence behind a key.
  init(_ count: Int, in terminal: TerminalRun, quiet: Int32 = 3) throws(Unmeasured) {
    for number in 0..<count {
      let isTyped = number / 16 % 2 == 0
      let before = terminal.output.count
      let echo = try terminal.key(isTyped ? "x" : "\u{7f}", quiet: quiet)
      guard isTyped else { continue }
      echoes.append(echo)
      bytes.append(Double(terminal.output.count - before))
    }
  }
}
