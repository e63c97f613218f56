import Basics
import Connections
import GuideText
import Projects
import ProviderFormat
import Testing

/// What a project's file may hold, and what is said of one that holds something else.
@Suite("A project's file")
struct ProjectFileTests {
  private func read(_ text: String, file: String = "usher.yaml") throws(ProjectError) -> Project {
    try ProjectFile(Array(text.utf8), file: file).sound()
  }

  /// Line and message of all that is wrong.
  private func mistakes(_ text: String) -> [String] {
    do throws(ProjectError) {
      _ = try read(text)
      return []
    } catch {
      guard case .wrong(_, let findings) = error else { return ["\(error)"] }
      return findings.map { "\($0.line): \($0.message)" }
    }
  }

  @Test func `connections are read in their order, with everything that is said of them`() throws {
    let project = try read(
      """
      guides: ./guides               # optional
      connections:
        - provider: tally
          name: tally/default
          required: true
          env: {apiKey: TALLY_TOKEN}
          why: reads the sign-up form
        - provider: depot
          name: 2
          required: false
          env:
            credentials.apiKey: DEPOT_KEY
      """, file: "deploy/usher.yaml")
    #expect(project.guides?.path == "deploy/./guides")
    #expect(project.needs.map(\.name.description) == ["tally/default", "depot/2"])
    #expect(project.needs.map(\.isRequired) == [true, false])
    #expect(project.needs.map(\.why) == ["reads the sign-up form", nil])
    #expect(project.needs.map(\.line) == [3, 8])
    #expect(
      project.needs.flatMap(\.variables).map { "\($0.line): \($0.field) \($0.name)" } == [
        "6: apiKey TALLY_TOKEN", "12: credentials.apiKey DEPOT_KEY",
      ])
  }

  @Test func `a name may be left out, and stand with its provider or without`() throws {
    let project = try read("connections: [{provider: a}, {provider: b, name: x}]")
    #expect(project.needs.map(\.name.description) == ["a/default", "b/x"])
  }

  @Test func `a file may need nothing`() throws {
    #expect(try read("connections: []").needs.isEmpty)
    #expect(try read("connections:").needs.isEmpty)
  }

  @Test(arguments: [
    ("", "0: this is no map"),
    ("- tally", "1: this is no map"),
    ("connections: tally", "1: \"connections\" is not a list"),
    ("guides: ./g", "1: the key \"connections\" is missing"),
    ("guides: {}\nconnections: []", "1: \"guides\" is not a folder"),
    ("connection: []\nconnections: []", "1: unknown key \"connection\" in the file"),
    ("connections:\n  - tally", "1: an entry of \"connections\" is no map"),
    ("connections:\n  - why: x", "2: a connection has no provider"),
    ("connections:\n  - provider: a b", "2: a b/default cannot be a connection's name"),
    (
      "connections:\n  - provider: a\n    name: b/c",
      "3: \"b/c\" is no name of a connection of a"
    ),
    (
      "connections:\n  - provider: a\n    requird: true",
      "3: unknown key \"requird\" in a connection"
    ),
    (
      "connections:\n  - provider: a\n    required: yes", "3: \"required\" is not true or false"
    ),
    (
      "connections:\n  - provider: a\n    env: KEY", "3: \"env\" is no map of fields and variables"
    ),
    (
      "connections:\n  - provider: a\n    env:\n      x: 1A",
      "4: x has no name that a shell can read as a variable"
    ),
    (
      "connections:\n  - provider: a\n    env: {x: A, y: A}", "3: A would stand for two values"
    ),
    (
      "connections:\n  - provider: a\n  - provider: a\n    name: a/default",
      "3: a/default stands here a second time"
    ),
    ("connections: []\nconnections: []", "2: the key \"connections\" stands here a second time"),
  ])
  func `what is not understood is told with its line`(text: String, mistake: String) {
    #expect(mistakes(text) == [mistake])
  }

  @Test func `a variable stands for one value in the whole file`() {
    let text = """
      connections:
        - provider: a
          env: {key: TOKEN}
        - provider: b
          env: {key: TOKEN}
      """
    #expect(mistakes(text) == ["5: TOKEN would stand for two values"])
  }

  @Test func `all mistakes are told together, with what was probably meant`() throws {
    let error = #expect(throws: ProjectError.self) {
      try read("connections:\n  - providr: tally\n    provider: tally\n    name: x y\n")
    }
    let explanation = try #require(error?.explanation)
    #expect(explanation.why?.hasPrefix("2 mistakes\n  line 2: ") == true)
    #expect(explanation.why?.contains("did you mean \"provider\"?") == true)
    #expect(explanation.why?.contains("\n  line 4: tally/x y cannot be") == true)
    #expect(explanation.advice?.contains("usher help setup") == true)
  }

  @Test func `fields are held against the provider's own`() throws {
    let project = try read(
      "connections:\n  - provider: a\n    env:\n      apiKye: A\n      user: B\n      apiKey: C")
    let known = [
      Field.ID(.credentials, "apiKey"), Field.ID(.credentials, "user"),
      Field.ID(.connectionConfig, "user"),
    ]
    let findings = project.findings { _ in known }
    #expect(
      findings.map { "\($0.line): \($0.message); \($0.advice ?? "")" } == [
        "4: a has no field apiKye; did you mean apiKey?",
        "5: a has more than one field user; give the whole name: credentials.user, params.user",
      ])
    #expect(project.findings { _ in nil }.isEmpty)
  }

  @Test func `a file that was begun from what is linked reads as what is linked`() throws {
    let names = [("tally", "default"), ("tally", "2"), ("depot", "true"), ("123", "null")].map {
      ConnectionName(provider: $0, name: $1)!
    }
    let text = ProjectText(
      names.map { .init($0, variables: [.init(field: "apiKey", name: "A_KEY")]) }
    ).text
    #expect(try read(text).needs.map(\.name) == names)
    #expect(try read(text).needs.allSatisfy { $0.isRequired && $0.variables.isEmpty })
    #expect(try read(ProjectText([]).text).needs.isEmpty)
  }

  @Test func `what is a comment in it holds as soon as its sign is taken away`() throws {
    let name = try #require(ConnectionName(provider: "tally"))
    let text = ProjectText([.init(name, variables: [.init(field: "apiKey", name: "A_KEY")])]).text
    let awake = text.replacing("    # env:", with: "    env:  ")
      .replacing("    #   apiKey", with: "      apiKey")
      .replacing("    # required: true ", with: "    required: false ")
      .replacing("    # name:", with: "    name:  ").replacing("    # why: ", with: "    why: x ")
      .replacing("# guides: ", with: "guides: ")
    let project = try read(awake)
    #expect(project.guides?.path == "././guides")
    #expect(project.needs.map(\.isRequired) == [false])
    #expect(project.needs.first?.why == "x")
    #expect(project.needs.first?.variables.map(\.name) == ["A_KEY"])
  }
}
