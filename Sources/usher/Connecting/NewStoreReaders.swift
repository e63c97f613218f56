internal import Basics
internal import Connections
internal import Store

/// `--recipient`: who else opens a store that is about to be made.
struct NewStoreReaders {
  private let recipients: [AgeRecipient]

  /// - Throws: `.usage` for what is no recipient.
  init(_ texts: [String]) throws(CommandError) {
    recipients = try texts.map { text throws(CommandError) in try RecipientInput.parse(text) }
  }

  /// Makes the store, sealed to them. The same command given once more finds it so, and changes nothing.
  /// - Throws: `.usage` where the store is there and is not sealed to one of them.
  func add(to store: StoreOptions) throws {
    guard !recipients.isEmpty else { return }
    let session = try store.session()
    if session.describe().exists {
      let known = Set(try session.keys().recipients.map(\.text))
      guard let missing = recipients.first(where: { !known.contains($0.text) }) else { return }
      throw CommandError.usage(
        Explanation(
          what: "the store is there already, and nothing was stored",
          why: "--recipient says whom a new one is sealed to",
          advice: "usher keys add \(missing.text) seals it to that key as well"))
    }
    try session.unlockByAsking()
    for recipient in recipients {
      _ = try session.addRecipient(recipient, label: nil)
      ErrorPrinter.note("the store is sealed to \(recipient.text) as well")
    }
  }
}
