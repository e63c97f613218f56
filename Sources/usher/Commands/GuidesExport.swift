internal import ArgumentParser
internal import Basics
internal import Catalogues
internal import GuideTools

/// `usher guides export`
struct GuidesExport: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "The providers and guides of a folder, as they were understood, in JSON.",
    discussion: """
      EXAMPLES
        usher guides export --from ./guides | jq '.providers | keys'
      """)

  @Option(help: "The folder.", completion: .directory) var from: String

  func perform() throws -> ExitCode {
    Console.json(Catalogue(sources: [.namedFolder(from)]).exported())
    return .done
  }
}
