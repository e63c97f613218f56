import Basics
import TestSupport
import Testing

/// README's words on commands, held against the program's own.
@Suite(.timeLimit(.minutes(1))) struct ReadmeTests {
  private let readme: [Substring]
  private let commands: [Value]

  init() throws {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let bytes = try #require(TextFile.read("/\(folder)/README.md"))
    readme = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let dump = UsherProgram().run(["--experimental-dump-help"])
    let root = try Value(json: String(decoding: dump.output, as: UTF8.self))
    commands = root["command"]?["subcommands"]?.list ?? []
    try #require(!commands.isEmpty)
  }

  /// The commands that the table's first column names, and what of each stands behind its name.
  private var table: [(name: String, rest: String)] {
    readme.filter { $0.hasPrefix("| `usher ") }.flatMap { row in
      row.replacing("\\|", with: "/").split(separator: "|")[0].split(separator: "`")
        .filter { $0.hasPrefix("usher ") }
        .map { code in
          let words = code.split(separator: " ").dropFirst()
          return (name: String(words.first ?? ""), rest: words.dropFirst().joined(separator: " "))
        }
    }
  }

  private static func name(_ command: Value) -> String { command["commandName"]?.text ?? "" }

  private static func subcommands(of command: Value) -> [Value] {
    (command["subcommands"]?.list ?? []).filter { name($0) != "help" }
  }

  private static func takesJSON(_ command: Value) -> Bool {
    (command["arguments"]?.list ?? []).contains { argument in
      (argument["names"]?.list ?? []).contains { $0["name"]?.text == "json" }
    }
  }

  @Test func `the table names every command and no other`() {
    let names = commands.map(Self.name).filter { $0 != "help" }
    #expect(Set(table.map(\.name)) == Set(names))
  }

  @Test func `what a command does by commands of its own stands in its row`() {
    for command in commands where !Self.subcommands(of: command).isEmpty {
      let own = Self.subcommands(of: command).map(Self.name)
      let row = table.first { $0.name == Self.name(command) }
      let said = row?.rest.split { " /".contains($0) }.map(String.init) ?? []
      #expect(Set(said) == Set(own))
    }
  }

  @Test func `options of the table are options of their commands`() {
    for (name, rest) in table {
      let command = commands.first { Self.name($0) == name }
      let known = (command?["arguments"]?.list ?? []).flatMap { $0["names"]?.list ?? [] }
        .compactMap { $0["name"]?.text }
      for option in rest.split(whereSeparator: { " []".contains($0) })
      where option.hasPrefix("--") && option.count > 2 {
        #expect(known.contains(String(option.dropFirst(2))), "\(name) \(option)")
      }
    }
  }

  @Test func `README says of every command that prints JSON that it does`() throws {
    let taking = commands.flatMap { command -> [String] in
      let own = Self.subcommands(of: command).filter(Self.takesJSON)
      let nested = own.map { Self.name(command) + " " + Self.name($0) }
      return (Self.takesJSON(command) ? [Self.name(command)] : []) + nested
    }
    let first = try #require(readme.firstIndex { $0.contains("`--json` prints") })
    let sentence = readme[first...].prefix { !$0.isEmpty }.joined(separator: " ")
    let said = sentence.split(separator: "`--json`")[1].split(separator: "`")
    let named = said.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    #expect(Set(named) == Set(taking))
  }
}
