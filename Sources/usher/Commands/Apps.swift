internal import ArgumentParser

/// `usher apps`
struct AppsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apps",
    abstract: "Your own OAuth applications, with which accounts are linked in a browser.",
    discussion: """
      An application is kept when an account is linked with it, once for all accounts, sealed like them: usher connect asks
      for it the first time, and takes it by its name afterwards (--app NAME).

      EXAMPLES
        usher apps list
        usher apps show github
        usher apps remove github
      """,
    subcommands: [AppsList.self, AppsShow.self, AppsRemove.self])
}
