internal import ArgumentParser
internal import Basics
internal import Store

/// `usher export`
struct Export: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "The sealed record of a connection, as an age file.",
    discussion: """
      Still encrypted: it opens with the store's identity, here or anywhere age is installed.

      EXAMPLES
        usher export tally > tally.age
        usher export tally | age -d -i ~/.config/usher/identity.txt
        usher export tally --armor
      """)

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @Flag(help: "Text (PEM) instead of binary.") var armor = false
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    if Console.isOutputTerminal && !armor {
      throw CommandError.usage(
        Explanation(
          what: "an age file is binary and is not printed to a terminal",
          advice: "send it to a file, or add --armor for text"))
    }
    let session = try store.session()
    let sealed = try session.export(session.name(meant: name))
    Console.bytes(armor ? AgeArmor.encode(sealed) : sealed)
    return .done
  }
}
