internal import ArgumentParser

/// `usher guides`
struct GuidesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guides",
    abstract: "The catalogue of providers and their guides.",
    discussion: """
      EXAMPLES
        usher guides list
        usher guides show tally
        usher guides new acme
        usher guides check ./my-guides/acme
      """,
    subcommands: [
      GuidesList.self, GuidesShow.self, GuidesNew.self, GuidesCheck.self, GuidesExport.self,
    ])
}
