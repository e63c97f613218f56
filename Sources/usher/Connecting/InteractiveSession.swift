internal import Basics
internal import Catalogues
internal import CursesTerminal
internal import Onboarding
internal import Projects
internal import Store
internal import TerminalUI

/// The wizard on this terminal: builds it, runs it under the supervisor, and says on the way out what came of it.
struct InteractiveSession {
  let catalogue: Catalogue
  let store: StoreOptions
  let network: NetworkOptions
  let plain: Bool
  /// What may be done in it besides linking.
  var allowances = Allowances.all
  /// What is set up; nil where the session is about something else.
  var project: Project?

  /// Runs a session, and whatever it needs, in the supervisor's child: what is read before the fork would be paid for twice,
  /// for both processes have it in memory, and what the child then writes to is copied. Errors are told there, too, after the
  /// terminal has been given back.
  static func supervised(_ session: () throws -> ExitCode) -> ExitCode {
    let status = Supervisor.run {
      do {
        Threads.silencePool()
        return try session().rawValue
      } catch {
        return ErrorPrinter.report(error).rawValue
      }
    }
    return ExitCode(rawValue: status) ?? .failed
  }

  /// Begins with choosing a provider.
  func run() throws -> ExitCode {
    try perform { setting in
      .wizard(
        Wizard(
          choosingFrom: setting.openings.catalogue, options: try setting.openings.options()))
    }
  }

  /// Begins with the list of what the project needs, unless nothing of it has to be asked for.
  /// - Parameter asksForAll: whether what is optional is to be asked for, too.
  func setUp(_ project: Project, asksForAll: Bool) throws -> ExitCode {
    var session = self
    session.project = project
    return try session.perform { setting in
      try setting.openings.store.session().requireIdentity()
      let survey = try setting.openings.survey(of: project)
      guard SetupReport.asksForSomething(survey, evenOptional: asksForAll) else {
        return .over(SetupReport.tell(survey))
      }
      try setting.openings.store.session().prepareToSave()
      return .wizard(
        Wizard(
          settingUp: survey, asksForOptional: asksForAll,
          options: try setting.openings.options()))
    }
  }

  /// Begins with a provider that is named on the command line.
  func connect(_ plan: ConnectionPlan) throws -> ExitCode {
    try perform { setting in
      let opening = try setting.openings.opening(of: plan)
      let options = try opening.terms ?? setting.openings.options()
      return .wizard(Wizard(opening, options: options))
    }
  }

  /// Begins with a connection whose values give way to others, or are changed.
  func replace(_ plan: ReplacementPlan) throws -> ExitCode {
    try perform { setting in
      let opening = try setting.openings.opening(of: plan)
      let options = try opening.terms ?? setting.openings.options()
      return .wizard(Wizard(opening, options: options))
    }
  }

  /// How a session begins.
  private enum Beginning: ~Copyable {
    case wizard(Wizard)
    /// It is over already: nothing has to be asked.
    case over(ExitCode)
  }

  private func perform(_ begin: (SessionContext) throws -> Beginning) throws -> ExitCode {
    let setting = try SessionContext(
      catalogue: catalogue, store: store, network: network, project: project,
      allowances: allowances)
    switch try begin(setting) {
    case .over(let code): return code
    case .wizard(let wizard):
      let (outcome, lines) = try show(wizard, in: setting)
      ClosingMessage.show(outcome, lines)
      if case .interrupted(let signal) = outcome { Supervisor.die(of: signal) }
      return outcome.exitCode
    }
  }

  /// Returns what came of it, and what is to stay on the terminal when a full screen has gone.
  private func show(
    _ wizard: consuming Wizard, in setting: SessionContext
  ) throws -> (Outcome, closing: [String]) {
    setting.giveUpTerminal()
    let mailbox = Mailbox()
    var reason = plain ? nil : PlainMode.reason(by: .current)
    if !plain && !PlainMode.isPrompted(by: .current) && !PlainMode.suitsWindow {
      do throws(TerminalError) {
        var terminal = try CursesSession(mailbox: mailbox.descriptor)
        var loop = WizardLoop(
          wizard, dependencies: setting.dependencies(), mailbox: mailbox,
          glyphs: Glyphs(for: terminal.encoding), clipboard: terminal.clipboard)
        let outcome = loop.run(on: &terminal)
        return (outcome, loop.closingLines(columns: terminal.size.columns))
      } catch {
        guard case .unusable(let why) = error else { throw error }
        // Plain lines suit any terminal.
        reason = why
      }
    }
    var terminal = try LineTerminal(canSleep: allowances.contains(.sleep))
    var lines = PlainLines(
      wizard, dependencies: setting.dependencies(), mailbox: mailbox,
      glyphs: Glyphs(for: terminal.encoding), reason: reason)
    return (lines.run(on: &terminal), [])
  }
}

extension Glyphs {
  init(for encoding: TextEncoding) {
    switch encoding {
    case .utf8: self = .unicode
    case .ascii: self = .ascii
    }
  }
}
