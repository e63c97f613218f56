internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher apps remove`
struct AppsRemove: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove an application from the store, after a question.",
    discussion: """
      Accounts that were linked with it keep what they need of it. At the provider it stays registered until it is deleted
      there.

      EXAMPLES
        usher apps remove github
        usher apps remove github --yes
      """)

  @Argument(help: "An application: usher apps list shows them.", completion: .applications)
  var name: String
  @Flag(help: "Do not ask.") var yes = false
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let handle = try store.handle()
    // Closed again while the question stands: the answer may take its time.
    let (application, users) = try find(in: handle.session())
    if !yes {
      guard Console.isInteractive else {
        throw CommandError.noTerminal(
          Explanation(
            what: "cannot ask whether the application \(application) may be removed",
            why: "input and output are not a terminal", advice: "add --yes to remove it unasked"))
      }
      if let users { Console.line(users) }
      guard ConfirmationPrompt.confirm("Remove the application \(application)?") else {
        return .left
      }
    } else if let users {
      Console.line(users)
    }
    guard try handle.session().removeApplication(application) else {
      throw CommandError.noApplication(text: name, suggestions: [])
    }
    Console.line("Removed the application \(application). At its provider it is still registered.")
    return .done
  }

  /// The application, and a sentence about the connections that were linked with it.
  private func find(
    in session: consuming StoreSession
  ) throws -> (ApplicationName, users: String?) {
    let application = try session.applicationName(meant: name)
    guard let users = try ApplicationUses(in: session).connections(of: application), !users.isEmpty
    else { return (application, nil) }
    let names = users.map(\.description).joined(separator: ", ")
    let keep = users.count == 1 ? "was linked with it, and keeps" : "were linked with it, and keep"
    return (application, "\(names) \(keep) what is needed of it.")
  }
}
