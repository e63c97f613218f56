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
        usher guides fetch https://docs.example.com
        usher guides update
        usher guides new acme
        usher guides check ./my-guides/acme
      """,
    subcommands: [
      GuidesList.self, GuidesShow.self, GuidesFetch.self, GuidesUpdate.self, GuidesAdd.self,
      GuidesNew.self, GuidesCheck.self, GuidesExport.self, GuidesFlows.self,
    ])
}
