internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher keys trust`
struct KeysTrust: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust",
    abstract: "What this machine does not know of its store, remembered after a yes.",
    discussion: """
      Shows who has signed what is stored and is not known here, recipients that changed, and what is older than what this \
      machine has seen. Say yes to what you did yourself: another machine of yours stores there too, its recipients were \
      changed there, or a backup was put back. Nothing in the store is changed.

      EXAMPLES
        usher keys trust
        usher keys trust --yes
      """)

  @Flag(help: "Remember it without asking.") var yes = false
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let session = try store.handle().session()
    let differences = try session.differences()
    guard !differences.isEmpty else {
      Console.line("This machine knows the store as it is.")
      return .done
    }
    Console.line(TrustReport.text(differences))
    if !yes {
      guard Console.isInteractive else {
        throw CommandError.noTerminal(
          Explanation(
            what: "nothing was remembered", why: "a person has to say that this is right",
            advice: "usher keys trust --yes says so"))
      }
      Console.line()
      guard ConfirmationPrompt.confirm("Is that as it should be?") else {
        Console.line("Nothing was remembered.")
        return .left
      }
    }
    try session.trustAsItIs()
    Console.line(
      differences.contains(.gone)
        ? "Forgotten. The next save makes a new store." : "Remembered.")
    return .done
  }
}
