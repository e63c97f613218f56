import Basics
import Glibc
import LoopbackSupport
import Requests
import TestSupport
import Testing

/// What stands in the way of setting a project up is said before anything is asked.
@Suite(.enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(3)))
struct SetupObstacleTests {
  @Test func `a lost identity is said at once, and nothing is asked`() async throws {
    let project = try await SetupProject()
    project.link("brook")
    unsafe unlink(project.program.identityPath)
    let terminal = try project.start()
    #expect(terminal.waitForEnd() == 7)
    #expect(terminal.screen.text.contains("is missing"), "\(terminal.screen.text)")
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("linked\u{1B}"))
    for words in [[], ["--check"], ["--check", "--json"]] {
      let result = project.program.run(["setup", project.file] + words)
      #expect(result.status == 7, "\(words)")
      #expect(result.errorText.contains("usher/identity.txt is missing"), "\(result.errorText)")
    }
    // What is there is named all the same.
    let check = project.setUp("--check").text
    #expect(check.contains("brook/default") && check.contains("missing"), "\(check)")
  }

  @Test func `an identity command that fails is said at once, with a store and without`()
    async throws
  {
    let project = try await SetupProject()
    let broken = ["USHER_IDENTITY_COMMAND": "false"]
    let words = ["setup", project.file] + project.options
    for isLinked in [false, true] {
      if isLinked { project.link("brook") }
      let terminal = try #require(project.program.start(words, adding: broken))
      #expect(terminal.waitForEnd() == 7)
      #expect(
        terminal.screen.text.contains("the identity command false failed"),
        "\(terminal.screen.text)")
      let check = project.program.run(["setup", project.file, "--check"], adding: broken)
      #expect(check.status == 7)
      #expect(check.errorText.contains("exit code 1"), "\(check.errorText)")
    }
  }

  @Test func `the check ends with the command that comes next, in one line`() async throws {
    let project = try await SetupProject()
    #expect(project.setUp("--check").text.hasSuffix("\nNext: usher setup \(project.file)\n"))
    project.linkAll()
    #expect(!project.setUp("--check").text.contains("Next"))
    try project.note(.refused, of: "creek", linking: true)
    let result = project.setUp()
    #expect(result.status == 0)
    #expect(
      result.text.contains("Optional, and to be linked again: creek/default."), "\(result.text)")
    #expect(!result.text.contains("not linked"))
  }

  // MARK: The file

  @Test func `two accounts with one usual variable are a mistake of the file`() async throws {
    let project = try await SetupProject()
    let file = project.program.write(
      """
      guides: ./guides
      connections:
        - provider: brook
        - provider: lake
          env: {apiKey: BROOK_API_KEY}
        - provider: brook
          name: second

      """, to: "project/two.yaml")
    let result = project.program.run(["setup", file, "--check"])
    #expect(result.status == 2)
    for words in [
      "2 mistakes", "line 3: BROOK_API_KEY would stand for two values",
      "line 6: BROOK_API_KEY would stand for two values, apiKey of lake/default and apiKey of brook/second",
      "env: {apiKey: BROOK_SECOND_API_KEY}",
    ] {
      #expect(result.errorText.contains(words), "\(result.errorText)")
    }
  }

  @Test func `a file that is begun from two accounts of one provider passes, and runs`()
    async throws
  {
    let project = try await SetupProject()
    project.linkAll()
    let path = project.program.home.file("project/new.yaml")
    #expect(project.program.run(["setup", "--new", path]).status == 0)
    let text = String(decoding: try #require(TextFile.read(path)), as: UTF8.self)
    #expect(text.contains("\n    env:  "), "\(text)")
    #expect(text.contains("\n      apiKey: BROOK_SECOND_API_KEY\n"), "\(text)")
    let guides = ["--guides", project.program.home.file("project/guides")]
    let check = project.program.run(["setup", path, "--check"] + guides)
    #expect(check.status == 0, "\(check.errorText)")
    let run = project.program.run(["run", "--setup", path, "--print"])
    #expect(run.status == 0, "\(run.errorText)")
    #expect(run.text.contains("BROOK_SECOND_API_KEY"))
  }

  @Test func `mistakes of every kind are told together`() async throws {
    let project = try await SetupProject()
    let file = project.program.write(
      """
      conections: []
      connections:
        - provider: talli
        - provider: tally
          requird: true
          env: {apiKye: TOKEN}

      """, to: "project/wrong.yaml")
    _ = project.program.write("", to: "project/file")
    let result = project.program.run(["setup", file, "--check"])
    #expect(result.status == 2)
    for words in [
      "4 mistakes", "line 1: unknown key \"conections\"", "line 3: no provider talli is known",
      "line 5: unknown key \"requird\"", "line 6: tally has no field apiKye",
    ] {
      #expect(result.errorText.contains(words), "\(result.errorText)")
    }
    let odd = project.program.write("guides: ./file\nconnections: []\n", to: "project/odd.yaml")
    let file2 = project.program.run(["setup", odd])
    #expect(file2.status == 2)
    #expect(file2.errorText.contains("/file are no folder"), "\(file2.errorText)")
    #expect(file2.errorText.contains("name the folder that has them"))
  }

  @Test(arguments: [0o775, 0o757] as [UInt32])
  func `guides that others can write are not used`(_ mode: UInt32) async throws {
    let project = try await SetupProject()
    let folder = project.program.home.file("project/guides")
    unsafe chmod(folder, mode)
    let result = project.setUp("--check")
    #expect(result.status == 2)
    #expect(result.text.isEmpty)
    #expect(result.errorText.contains("lets others in"), "\(result.errorText)")
    #expect(result.errorText.contains("chmod go-w "), "\(result.errorText)")
    unsafe chmod(folder, 0o755)
    #expect(project.setUp("--check").status == 1)
  }

  // MARK: run

  @Test func `a command is told what it gets that has ended or was refused, and runs`()
    async throws
  {
    let project = try await SetupProject()
    project.linkAll()
    let words = ["run", "--setup", project.file, "--", "sh", "-c", "test -n \"$LAKE_API_KEY\""]
    #expect(!project.program.run(words).errorText.contains("lake"))
    try project.note(.refused, of: "lake")
    let run = project.program.run(words)
    #expect(run.status == 0)
    #expect(
      run.errorText.contains(
        "note: lake/default was refused, and is handed over all the same; "
          + "usher setup \(project.file) links it again"), "\(run.errorText)")
  }
}
