internal import ArgumentParser
internal import Basics
internal import Connections
internal import Store

/// `usher keys write-only`
struct KeysWriteOnly: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "write-only",
    abstract: "Take the identity off this machine: it stores from then on, and reads nothing.",
    discussion: """
      For a machine that takes secrets in and has no need of them. The store has to be sealed to another key first
      (usher keys add); this machine's own is taken off the store, and its file deleted. To read: usher export NAME, and age
      with the other key where that is, or --identity FILE.

      EXAMPLES
        usher keys add age1… --label office
        usher keys write-only
      """)

  @OptionGroup var confirmation: ConfirmationOptions
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let handle = try store.handle()
    try handle.session().unlockByAsking()
    let others = try handle.session().keys().recipients.filter { $0.isOwn != true }
    let names = others.map { KeyChangeReport.name($0.text, $0.label) }.joined(separator: "\n")
    let path = try store.location().identity.text
    let isAgreed = try confirmation.agree(
      to: """
        \(path) is deleted, and everything is sealed anew without its key. This machine can store then and not read: get, run \
        and check end. The store is opened by:

        \(names.isEmpty ? "nobody" : names)
        """,
      "Take the identity off this machine?", deed: "the identity may be taken off this machine")
    guard isAgreed else { return .left }
    let change = try handle.session().leaveIdentityElsewhere()
    Console.paragraph(
      "This machine stores from now on, and reads nothing. \(KeyChangeReport.sealed(change))")
    return .done
  }
}
