internal import Basics
internal import Connections

/// The clear columns of an application. What it is called at its provider is not among them: like the account of a
/// connection, that is for whoever can open the store.
struct ApplicationRow: Equatable {
  let name: ApplicationName
  let provider: String
  let created: Timestamp
  let changed: Timestamp
  /// Which set of recipients it was sealed to.
  let recipients: String

  /// What the sealed application must repeat; a sentence about the first thing that differs, or nil.
  func difference(from facts: ApplicationFacts) -> String? {
    if facts.name != name { return "it is the application \(facts.name)" }
    if facts.provider != provider { return "it is one of another provider" }
    if facts.created != created || facts.changed != changed { return "its times are others" }
    return nil
  }

  /// What can be told of it without opening it.
  var facts: ApplicationFacts {
    ApplicationFacts(
      name: name, provider: provider, clientID: "", callback: nil, created: created,
      changed: changed)
  }

  /// The same row of a store with these recipients.
  func sealed(to header: StoreHeader) -> ApplicationRow {
    ApplicationRow(
      name: name, provider: provider, created: created, changed: changed,
      recipients: header.recipientID)
  }

  /// Against flipped bits, not against people: those are kept out by the seal.
  var digest: [UInt8] {
    let parts = [
      name.description, provider, String(created.secondsSinceEpoch),
      String(changed.secondsSinceEpoch), recipients,
    ]
    return parts.joined(separator: "\n").sha256
  }
}

/// An application as it lies in a store.
struct SealedApplication {
  let row: ApplicationRow
  /// An age file.
  let file: [UInt8]
}
