internal import ArgumentParser
internal import Basics
internal import Connections
internal import Secrets
internal import Store

/// `usher apps show`
struct AppsShow: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "All about one application; its secrets only with --reveal.",
    discussion: """
      EXAMPLES
        usher apps show github
        usher apps show github --json
        usher apps show github --json --reveal | jq -r .client_secret
      """)

  @Argument(help: "An application: usher apps list shows them.", completion: .applications)
  var name: String
  @Flag(help: "Print JSON.") var json = false
  @Flag(help: "Print the secrets too.") var reveal = false
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let session = try store.session()
    let name = try session.applicationName(meant: self.name)
    guard let application = try session.application(name) else {
      throw CommandError.noApplication(text: self.name, suggestions: [])
    }
    let page = ApplicationPage(application, try ApplicationUses(in: session))
    Console.secret(json ? page.json(revealing: reveal) : page.text(revealing: reveal))
    return .done
  }
}
