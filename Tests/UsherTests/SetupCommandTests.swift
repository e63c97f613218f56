import Glibc
import LoopbackSupport
import Requests
import TestSupport
import Testing

/// `usher setup` where nobody is asked, and `usher run` with a project's file.
@Suite(.enabled(if: LoopbackCertificates.tool != nil, "needs openssl"), .timeLimit(.minutes(3)))
struct SetupCommandTests {
  @Test func `without a terminal nothing is asked, and what is missing is named`() async throws {
    let project = try await SetupProject()
    project.link("lake")
    let result = project.setUp()
    #expect(result.status == 4)
    #expect(result.text == "")
    #expect(result.errorText.contains("brook/default, brook/second, pond/default"))
    #expect(!result.errorText.contains("lake"))
    #expect(project.setUp("--all").status == 4)
  }

  @Test func `the check prints the list, for people and for scripts`() async throws {
    let project = try await SetupProject()
    project.linkAll()
    #expect(project.program.run(["remove", "brook/second", "--yes"]).status == 0)
    let result = project.setUp("--check")
    #expect(result.status == 1)
    let lines = result.text.split(separator: "\n").map { line in
      line.split(separator: "  ").map { $0.drop { $0 == " " } }.map(String.init)
    }
    #expect(
      lines == [
        ["CONNECTION", "STATUS", "FOR"], ["brook/default", "good", "fills the tank"],
        ["brook/second", "missing"], ["pond/default", "good"], ["lake/default", "good"],
        ["creek/default", "missing, optional", "is nice to have"],
        ["Next: usher setup \(project.file)"],
      ], "\(result.text)")
    let json = project.setUp("--check", "--json")
    #expect(json.status == 1)
    #expect(json.text.contains(#""complete":false"#))
    #expect(
      json.text.contains(
        #"{"required":true,"why":null,"name":"brook/second","provider":"brook","state":"missing","needs_hand":true"#
      ), "\(json.text)")
    #expect(json.text.ranges(of: #""needs_hand":true"#).count == 1)
  }

  @Test func `a refusal and a lost identity are told apart`() async throws {
    let project = try await SetupProject()
    project.linkAll()
    try project.note(.refused, of: "creek", linking: true)
    // It is optional.
    #expect(project.setUp("--check").status == 0)
    try project.note(.refused, of: "pond")
    #expect(project.setUp("--check").status == 1)
    unsafe unlink(project.program.identityPath)
    let sealed = project.setUp("--check", "--json")
    #expect(sealed.status == 7)
    #expect(sealed.text.contains(#""complete":null"#), "\(sealed.text)")
    #expect(project.setUp().status == 7)
  }

  @Test func `without a file it is said where one was looked for`() async throws {
    let program = UsherProgram()
    let result = program.run(["setup", "--check"])
    #expect(result.status == 2)
    #expect(result.errorText.contains("only the working directory is looked in"))
    let named = program.run(["setup", "nowhere.yaml"])
    #expect(named.status == 2)
    #expect(named.errorText.contains("there is no file nowhere.yaml"))
  }

  @Test func `all that is wrong with a file is said at once`() async throws {
    let project = try await SetupProject()
    let file = project.program.write(
      """
      guides: ./elsewhere
      connections:
        - provider: talli
        - provider: tally
          env: {apiKye: TOKEN}

      """, to: "project/wrong.yaml")
    let result = project.program.run(["setup", file, "--check"])
    #expect(result.status == 2)
    #expect(result.text == "")
    for words in [
      "3 mistakes", "line 1: the folder of guides", "line 3: no provider talli is known",
      "did you mean tally?", "line 5: tally has no field apiKye; did you mean apiKey?",
    ] {
      #expect(result.errorText.contains(words), "\(result.errorText)")
    }
  }

  @Test func `a file is begun from what is linked, and never takes the place of another`()
    async throws
  {
    let project = try await SetupProject()
    project.linkAll()
    let path = project.program.home.file("new.yaml")
    let new = project.program.run(["setup", "--new", path])
    #expect(new.status == 0, "\(new.errorText)")
    let text = String(decoding: try #require(TextFile.read(path)), as: UTF8.self)
    #expect(text.contains("#   apiKey: BROOK_API_KEY"), "\(text)")
    #expect(text.contains("#   region: POND_REGION"))
    #expect(!text.contains("EXAMPLE"))
    var status = stat()
    #expect(unsafe stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o644)
    #expect(text.contains("      apiKey: BROOK_SECOND_API_KEY"))
    #expect(project.program.run(["setup", path]).status == 0)
    #expect(project.program.run(["setup", path, "--check"]).status == 0)
    let again = project.program.run(["setup", "--new", path])
    #expect(again.status == 1)
    #expect(again.errorText.contains("is there already"))
    #expect(project.program.run(["setup", "--new", "-"]).text == text)
  }

  // MARK: run

  @Test func `a command runs with exactly what the file names`() async throws {
    let project = try await SetupProject()
    project.linkAll()
    project.link("creek", "other")
    let run = project.program.run(["run", "--setup", project.file, "--", "env"])
    #expect(run.status == 0, "\(run.errorText)")
    let names = run.text.split(separator: "\n").filter {
      $0.contains("EXAMPLE") || $0.hasSuffix("=eu")
    }
    .map { String($0.prefix { $0 != "=" }) }
    #expect(
      Set(names) == ["BROOK_API_KEY", "SECOND_KEY", "POND_TOKEN", "POND_REGION", "LAKE_API_KEY"])
    #expect(run.errorText.contains("creek/default is not linked, and left out"))
  }

  @Test func `nothing runs while something required is not linked`() async throws {
    let project = try await SetupProject()
    project.link("brook")
    let run = project.program.run(["run", "--setup", project.file, "--", "echo", "ran"])
    #expect(run.status == 8)
    #expect(run.text == "")
    #expect(
      run.errorText.contains("brook/second, pond/default, lake/default are not linked"),
      "\(run.errorText)")
    #expect(run.errorText.contains("usher setup \(project.file)"))
  }

  @Test func `names beside the file are refused, and a command is needed`() async throws {
    let project = try await SetupProject()
    project.linkAll()
    for words in [
      ["run", "brook", "--setup", project.file, "--", "env"], ["run", "--setup", project.file],
      ["run", "--", "env"], ["run", "brook", "--json", "--", "env"],
    ] {
      let result = project.program.run(words)
      #expect(result.status == 2, "\(words)")
      #expect(result.text == "")
    }
  }

  @Test func `the names are printed with what gave them, and never a value`() async throws {
    let project = try await SetupProject()
    project.linkAll()
    let table = project.program.run(
      ["run", "--setup", project.file, "--print", "--env", "lake.apiKey=OTHER"])
    #expect(table.status == 0, "\(table.errorText)")
    let lines = table.text.split(separator: "\n").map { line in
      line.split(separator: "  ").map { $0.drop { $0 == " " } }.map(String.init)
    }
    #expect(
      lines == [
        ["VARIABLE", "CONNECTION", "FIELD", "NAMED BY"],
        ["BROOK_API_KEY", "brook/default", "credentials.apiKey", "its usual name"],
        ["SECOND_KEY", "brook/second", "credentials.apiKey", "the project's file"],
        ["POND_TOKEN", "pond/default", "credentials.apiKey", "the project's file"],
        ["POND_REGION", "pond/default", "params.region", "the project's file"],
        ["OTHER", "lake/default", "credentials.apiKey", "--env"],
      ], "\(table.text)")
    let json = project.program.run(["run", "lake", "--file", "--print", "--json"])
    #expect(
      json.text
        == #"{"variables":[{"variable":"LAKE_API_KEY_FILE","connection":"lake/default","field":"credentials.apiKey","named_by":"usual"}]}"#
        + "\n")
    #expect(!(table.text + json.text).contains("EXAMPLE"))
  }
}
