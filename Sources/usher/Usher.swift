internal import ArgumentParser
internal import Basics

/// The command line. Without a subcommand: the wizard's first screen on a terminal, help elsewhere.
struct Usher: UsherCommand {
  static let version = "0.5.0"
  static let configuration = CommandConfiguration(
    commandName: "usher",
    abstract:
      "Link accounts from a terminal: a guide, masked fields, a live check, a sealed store.",
    discussion: """
      EXAMPLES
        usher                            pick a provider and link an account
        usher connect tally              link a Tally account, step by step
        usher list                       what is linked
        usher status                     does anything need a hand? for cron and logins
        usher get tally | wc -c          one value to a pipe
        usher token acme                 an access token to a pipe, got and renewed as needed
        usher request tally /users/me    a request through a linked account
        usher run tally -- ./sync.sh     a command with the values in its environment
        usher template app.yaml.tmpl     a configuration file with values in it
        usher wire app.service tally     a value for a systemd service
        usher check --all                are they all still good?
        usher doctor                     what is wrong on this machine, and what to do

      EXIT CODES
        0 done · 1 failed · 2 usage · 3 left by the user · 4 no terminal
        5 provider refused the credentials · 6 provider could not be asked
        7 store failed · 8 no such connection or provider · 130 interrupted

      MORE
        usher help COMMAND, usher help environment, usher help exit-codes, usher help formats
      """,
    version: version,
    subcommands: [
      Connect.self, List.self, Status.self, Show.self, Get.self, Token.self, RequestCommand.self,
      Run.self, TemplateCommand.self, Wire.self, GitCredential.self, Check.self, Setup.self,
      Replace.self, EditCommand.self, Rename.self, History.self, Remove.self, Export.self,
      Import.self, AppsCommand.self, GuidesCommand.self, Keys.self, StoreCommand.self,
      ConfigCommand.self, Doctor.self, Completions.self, Licenses.self, Version.self,
    ])

  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws -> ExitCode {
    guard Console.isInteractive else {
      Console.error(HelpText.overview)
      return .usage
    }
    return InteractiveSession.supervised {
      try InteractiveSession(
        catalogue: catalogue.catalogue(), store: store, network: network, plain: display.plain
      ).run()
    }
  }
}
