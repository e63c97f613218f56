internal import Basics
internal import Connections
internal import Crypto

/// What this machine remembers of a store: whose records it holds and whom they are sealed to.
///
/// Kept in the configuration directory, out of reach of whoever can write to the store: without it, a changed list of
/// recipients in the store would send the next secret to somebody else. Most of all where there is no identity.
struct KnownStore: Equatable {
  let storeID: String
  var recipients: [KnownRecipient]
  /// Whether it was chosen that this machine has no identity: then a missing one is none that was lost.
  var isWriteOnly: Bool
  /// Which key the store's rows are sealed under, as `RowKey.fingerprint`; nil when none has been used here yet.
  var rowKey: String?
  /// Who signs what is stored, as far as this machine knows them. Empty before the first signature was seen here.
  var writers: [KnownWriter] = []
  /// What its recipients are about to be; nil but while they are changed, or when that was cut off. The store tells
  /// which of the two it is: whoever is killed between the store and this file locks nobody out.
  var change: RecipientChange?

  init(_ header: StoreHeader, isWriteOnly: Bool, rowKey: String? = nil) {
    storeID = header.id
    recipients = header.recipients.map { KnownRecipient($0) }
    self.isWriteOnly = isWriteOnly
    self.rowKey = rowKey
  }

  init(storeID: String, recipients: [KnownRecipient], isWriteOnly: Bool, rowKey: String?) {
    self.storeID = storeID
    self.recipients = recipients
    self.isWriteOnly = isWriteOnly
    self.rowKey = rowKey
  }

  /// As it is to be taken for a store that is sealed to what a header says: with the change that was under way, when
  /// the store is through with it.
  func settled(by header: StoreHeader) -> KnownStore {
    guard let change, change.recipients.map(\.key) == header.recipients else { return self }
    var known = self
    known.recipients = change.recipients
    known.isWriteOnly = isWriteOnly || change.isWriteOnly
    known.rowKey = change.rowKey
    known.change = nil
    return known
  }

  /// Whether a key of the rows is the one that is remembered, or is about to be. True where none is.
  func accepts(rowKey fingerprint: String) -> Bool {
    guard let rowKey else { return true }
    return fingerprint == rowKey || fingerprint == change?.rowKey
  }

  /// Refuses a store that is another one, or is sealed to others, than when it was last used.
  func check(_ header: StoreHeader, path: String) throws(StoreError) {
    guard header.id == storeID else {
      throw KnownStore.changed(
        path, why: "another store is in its place since it was last used here")
    }
    guard header.recipients == settled(by: header).recipients.map(\.key) else {
      throw KnownStore.changed(
        path, why: "its list of recipients has changed since it was last used here")
    }
  }

  /// What is said, by every command alike, when nothing is where a store was.
  static func gone(_ path: String) -> StoreError {
    .failed(
      Explanation(
        what: "the store \(path) is gone",
        why: "it was there when usher last used it, and is never replaced unasked",
        advice: "put it back from a backup; or, to begin a new one: usher keys trust"))
  }

  private static func changed(_ path: String, why: String) -> StoreError {
    .identity(
      Explanation(
        what: "the store \(path) is not used", why: why,
        advice: "if you changed it yourself: usher keys trust"))
  }
}

/// What the recipients of a store are about to be, and what goes with them.
struct RecipientChange: Equatable {
  let recipients: [KnownRecipient]
  /// Whether this machine will be without an identity.
  let isWriteOnly: Bool
  /// Of the new key of the rows.
  let rowKey: String
}
