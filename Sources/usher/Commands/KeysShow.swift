internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher keys show`
struct KeysShow: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Recipients, where the identity is, and what that protects against.",
    discussion: """
      Nothing is opened for it, so no passphrase is asked for; which key is this machine's is then not told.

      EXAMPLES
        usher keys show
        usher keys show --json | jq -r '.recipients[].recipient'
      """)

  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let page = KeyPage(try store.session().keys())
    if json { Console.json(page.json) } else { page.print() }
    return .done
  }
}
