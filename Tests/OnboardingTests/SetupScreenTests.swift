import Connections
import Onboarding
import Projects
import TerminalUI
import Testing

/// The list of what a project needs, drawn. Read the differences as a designer would.
@Suite struct SetupScreenTests {
  private func snap(_ walk: Walk, _ name: String) {
    for (columns, rows) in [(80, 24), (40, 12), (120, 40)] {
      walk.resize(columns, rows)
      expectScreen(walk.canvas, "\(name)-\(columns)x\(rows)")
    }
    walk.resize(80, 24)
  }

  private func walk(_ survey: ProjectSurvey) -> Walk {
    Walk(Wizard(settingUp: survey, options: Samples.options()))
  }

  @Test func `a project of which nothing is linked yet`() throws {
    snap(walk(try Needs.survey()), "setup")
  }

  @Test func `connections in every state, and a row that is chosen`() throws {
    let walk = walk(try Needs.surveyOfAll())
    snap(walk, "setup-states")
    walk.press(.up, .up)
    snap(walk, "setup-row")
    walk.press(.enter)
    snap(walk, "setup-said")
  }

  @Test func `all that is required is linked`() throws {
    snap(
      walk(
        try Needs.survey(
          linked: ["tally/default", "tally/work", "tailscale-api-key/default", "depot/default"])),
      "setup-complete")
  }

  @Test func `one of several is done`() throws {
    let walk = walk(try Needs.survey())
    walk.press(.enter)
    walk.send(.opened(Samples.opening(Samples.oneField)))
    walk.paste(Samples.tallyKey)
    walk.press(.enter)
    walk.send(.checked(Walk.accepted(), Samples.now))
    walk.send(.stored(Walk.facts(Walk.accepted())))
    snap(walk, "setup-done")
  }

  @Test func `the same project in lines`() async throws {
    let store = ScriptedStore()
    let survey = try Needs.survey()
    let after = try Needs.survey(linked: ["tally/default"])
    var scripted = Dependencies(
      checker: ScriptedChecker([Walk.accepted()]), linker: ScriptedLinker([]), store: { store },
      open: { _ throws(OpeningError) in Samples.opening(Samples.tally) })
    scripted.now = { Samples.now }
    scripted.project = ProjectDependencies(
      open: { _ throws(OpeningError) in Samples.opening(Samples.oneField) },
      survey: { () throws(OpeningError) in after })
    let dependencies = scripted
    let (outcome, transcript) = await onThread {
      let mailbox = Mailbox()
      var plain = PlainLines(
        Wizard(settingUp: survey, options: Samples.options()), dependencies: dependencies,
        mailbox: mailbox)
      var device = ScriptedLines(["", Samples.tallyKey, "", "5", ":back", ":quit"])
      let outcome = plain.run(on: &device)
      return (outcome, device.transcript)
    }
    #expect(outcome == .setUp(.open))
    expectText(transcript.joined(separator: "\n") + "\n", "plain-setup.txt")
  }
}
