import LoopbackSupport
import Requests
import TestSupport
import Testing

/// A project that is set up on a terminal.
@Suite(.enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(3)))
struct SetupWizardTests {
  /// Links the one that comes next, of a provider with one field.
  /// - Parameter makesStore: whether there is none yet.
  private func linkNext(_ title: String, on terminal: PseudoTerminal, makesStore: Bool = false) {
    if makesStore {
      terminal.passQuietTime()
      terminal.type("\r")
      #expect(terminal.goOnWithoutSecondKey())
    } else {
      #expect(terminal.pressEnter(until: "hidden while you type"), "\(terminal.screen.text)")
    }
    #expect(terminal.wait(for: "hidden while you type"), "\(terminal.screen.text)")
    #expect(terminal.screen.text.contains("Link \(title)"))
    terminal.type(SetupProject.key)
    #expect(terminal.wait(for: "28 characters"), "\(terminal.screen.text)")
    #expect(terminal.pressEnter(until: "\(title) is linked"), "\(terminal.screen.text)")
  }

  @Test func `five connections are set up, cut in the middle, taken up, done, and silent then`()
    async throws
  {
    let project = try await SetupProject()
    let before = project.setUp("--check")
    #expect(before.status == 1)
    #expect(before.text.ranges(of: "missing").count == 5, "\(before.text)")

    let first = try project.start()
    #expect(first.wait(for: "0 of 5 linked"), "\(first.screen.text)")
    #expect(first.screen.text.contains("Link the 4 that are missing"))
    linkNext("Brook", on: first, makesStore: true)
    #expect(first.screen.text.contains("Next is Brook/second, and 2 more after it."))
    #expect(first.pressEnter(until: "1 of 5 linked"))
    linkNext("Brook", on: first)
    #expect(first.pressEnter(until: "2 of 5 linked"))
    #expect(first.pressEnter(until: "Link Pond"))
    #expect(first.pressEnter(until: "Step 1 of 1"))
    first.type(SetupProject.key)
    #expect(first.wait(for: "28 characters"), "\(first.screen.text)")
    #expect(first.pressEnter(until: "Enter review"), "\(first.screen.text)")
    first.type("eu-EXAMPLE")
    #expect(first.wait(for: "eu-EXAMPLE"), "\(first.screen.text)")
    #expect(first.pressEnter(until: "Check and store"), "\(first.screen.text)")
    let running = [first.process] + PseudoTerminal.descendants(of: first.process)
    first.hangUp()
    for process in running { #expect(PseudoTerminal.waitForEnd(of: process)) }

    let second = try project.start()
    #expect(second.wait(for: "2 of 5 linked"), "\(second.screen.text)")
    #expect(second.screen.text.contains("Link the 2 that are missing"))
    #expect(second.pressEnter(until: "You have been here before"), "\(second.screen.text)")
    #expect(second.pressEnter(until: "eu-EXAMPLE"))
    #expect(second.pressEnter(until: "Pond is linked"), "\(second.screen.text)")
    #expect(second.pressEnter(until: "3 of 5 linked"))
    linkNext("Lake", on: second)
    #expect(second.screen.text.contains("All that is required is linked; the rest is optional."))
    #expect(second.pressEnter(until: "4 of 5 linked"), "\(second.screen.text)")
    #expect(second.screen.text.contains("All that is required is linked."))
    second.type("\r")
    #expect(second.waitForEnd() == 0)
    #expect(second.damage == [])

    let third = try project.start()
    #expect(third.waitForEnd() == 0)
    let said = String(decoding: third.output, as: UTF8.self)
    #expect(said.contains("All 4 connections that"), "\(said)")
    #expect(!said.contains("What usher.yaml needs"))
    let silent = project.setUp()
    #expect(silent.status == 0)
    #expect(silent.text.contains("creek/default"))
    #expect(project.setUp("--check").status == 0)
    for terminal in [first, second] {
      #expect(!String(decoding: terminal.output, as: UTF8.self).contains("0123456789abcdef"))
    }
    let run = project.program.run([
      "run", "--setup", project.file, "--", "sh", "-c",
      #"echo "$BROOK_API_KEY $SECOND_KEY $POND_TOKEN $POND_REGION $LAKE_API_KEY""#,
    ])
    let key = SetupProject.key
    #expect(run.text == "\(key) \(key) \(key) eu-EXAMPLE \(key)\n", "\(run.errorText)")
  }

  @Test func `what was refused gives way to what is linked again`() async throws {
    let project = try await SetupProject()
    project.linkAll()
    try project.note(.refused, of: "lake")
    let check = project.setUp("--check")
    #expect(check.status == 1)
    #expect(check.text.contains("refused on"))
    let terminal = try project.start()
    #expect(terminal.wait(for: "refused"))
    #expect(terminal.screen.text.contains("Link Lake again"))
    #expect(terminal.pressEnter(until: "Replace lake/default"), "\(terminal.screen.text)")
    #expect(terminal.pressEnter(until: "A new value for lake/default"), "\(terminal.screen.text)")
    terminal.type(SetupProject.key)
    #expect(terminal.wait(for: "28 characters"), "\(terminal.screen.text)")
    #expect(terminal.pressEnter(until: "lake/default is replaced"), "\(terminal.screen.text)")
    #expect(terminal.pressEnter(until: "4 of 5 linked"), "\(terminal.screen.text)")
    terminal.type("\r")
    #expect(terminal.waitForEnd() == 0)
    #expect(project.setUp("--check").status == 0)
  }

  @Test func `leaving in the middle is told by the exit code, and what was linked stays`()
    async throws
  {
    let project = try await SetupProject()
    let terminal = try project.start()
    #expect(terminal.wait(for: "0 of 5 linked"))
    linkNext("Brook", on: terminal, makesStore: true)
    #expect(terminal.pressEnter(until: "1 of 5 linked"))
    terminal.type("\u{1B}")
    #expect(terminal.waitForEnd() == 3)
    let said = String(decoding: terminal.output, as: UTF8.self)
    #expect(said.contains("The same command goes on from here."), "\(said)")
    #expect(project.program.run(["get", "brook"]).text == SetupProject.key)
  }

  @Test func `the same in lines`() async throws {
    let project = try await SetupProject()
    project.linkAll()
    #expect(project.program.run(["remove", "lake", "--yes"]).status == 0)
    let terminal = try project.start("--plain")
    #expect(
      terminal.wait(for: "Enter for “Link the one that is missing”"), "\(terminal.screen.text)")
    terminal.type("\r")
    #expect(terminal.wait(for: "API key, hidden"), "\(terminal.screen.text)")
    terminal.type(SetupProject.key + "\r")
    #expect(terminal.wait(for: "is linked"), "\(terminal.screen.text)")
    #expect(terminal.wait(for: "Enter for “Back to the list”"), "\(terminal.screen.text)")
    terminal.type("\r")
    #expect(terminal.wait(for: "Enter for “Finish”"), "\(terminal.screen.text)")
    terminal.type("\r")
    #expect(terminal.waitForEnd() == 0)
  }

  @Test func `a project's guide never takes the place of one that is known`() async throws {
    let project = try await SetupProject()
    try project.shadow("tally")
    let terminal = try project.start()
    #expect(terminal.wait(for: "0 of 1 linked"), "\(terminal.screen.text)")
    #expect(terminal.pressEnter(until: "A second key?"))
    #expect(terminal.goOnWithoutSecondKey())
    #expect(terminal.wait(for: "Link Tally"))
    #expect(terminal.wait(for: "api.tally.so"), "\(terminal.screen.text)")
    #expect(!terminal.screen.text.contains("localhost"))
    let check = project.setUp("--check")
    #expect(check.errorText.contains("is not used for tally"), "\(check.errorText)")
  }
}
