internal import Basics
internal import Connections
internal import Crypto
internal import Secrets

/// What this machine remembers of a store: whose records it holds and whom they are sealed to.
///
/// Kept in the configuration directory, out of reach of whoever can write to the store: without it, a changed list of
/// recipients in the store would send the next secret to somebody else. Most of all where there is no identity.
struct KnownStore: Equatable {
  let storeID: String
  let recipients: [AgeRecipient]
  /// Whether it was chosen that this machine has no identity: then a missing one is none that was lost.
  let isWriteOnly: Bool
  /// Which key the store's rows are sealed under, as `RowKey.fingerprint`; nil when none has been used here yet.
  let rowKey: String?

  private static let limit = 256 * 1024
  private static let prefix = "known-store-"

  init(_ header: StoreHeader, isWriteOnly: Bool, rowKey: String? = nil) {
    storeID = header.id
    recipients = header.recipients
    self.isWriteOnly = isWriteOnly
    self.rowKey = rowKey
  }

  /// Reads what is remembered of the store at a path; nil when nothing is.
  init?(of path: String, in directory: borrowing PrivateDirectory) throws(StoreError) {
    let name = KnownStore.name(of: path)
    guard try directory.verifiedFile(name) != nil else { return nil }
    guard let content = try directory.read(name, limit: KnownStore.limit) else {
      throw KnownStore.malformed("\(directory.path)/\(name)")
    }
    let text = content.withBytes { $0.copied() }
    var (storeID, recipients, isWriteOnly) = ("", [AgeRecipient](), false)
    var rowKey: String?
    for line in text.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      let words = line.split(separator: UInt8(ascii: " ")).map { word in
        String(decoding: word, as: UTF8.self)
      }
      switch (words.first, words.count) {
      case ("store", 2): storeID = words[1]
      case ("identity", 2) where words[1] == "elsewhere": isWriteOnly = true
      case ("row-key", 2): rowKey = words[1]
      case ("recipient", 2): AgeRecipient(words[1]).map { recipients.append($0) }
      default: throw KnownStore.malformed("\(directory.path)/\(name)")
      }
    }
    guard !storeID.isEmpty, !recipients.isEmpty else {
      throw KnownStore.malformed("\(directory.path)/\(name)")
    }
    self.storeID = storeID
    self.recipients = recipients
    self.isWriteOnly = isWriteOnly
    self.rowKey = rowKey
  }

  func write(of path: String, in directory: borrowing PrivateDirectory) throws(StoreError) {
    let lines =
      ["# what usher remembers of \(path)", "store \(storeID)"]
      + recipients.map { "recipient \($0.text)" } + (isWriteOnly ? ["identity elsewhere"] : [])
      + (rowKey.map { ["row-key \($0)"] } ?? [])
    let text = Array((lines.joined(separator: "\n") + "\n").utf8)
    try unsafe directory.write(text.span.bytes, to: KnownStore.name(of: path), mode: 0o600)
  }

  /// Refuses a store that is another one, or is sealed to others, than when it was last used.
  func check(_ header: StoreHeader, path: String, file: String) throws(StoreError) {
    guard header.id == storeID else {
      throw KnownStore.changed(
        path, why: "another store is in its place since it was last used here", file: file)
    }
    guard header.recipients == recipients else {
      throw KnownStore.changed(
        path, why: "its list of recipients has changed since it was last used here", file: file)
    }
  }

  /// What is said, by every command alike, when nothing is where a store was.
  static func gone(_ path: String, file: String) -> StoreError {
    .failed(
      Explanation(
        what: "the store \(path) is gone",
        why: "it was there when usher last used it, and is never replaced unasked",
        advice: "put it back from a backup; or, to begin a new one: rm \(file)"))
  }

  private static func changed(_ path: String, why: String, file: String) -> StoreError {
    .identity(
      Explanation(
        what: "the store \(path) is not used", why: why,
        advice: "if you changed it yourself: rm \(file)"))
  }

  /// One file a store; the path is hashed because it may hold any character.
  static func name(of path: String) -> String {
    prefix + SHA256.hash(data: Array(path.utf8)).prefix(8).hex
  }

  private static func malformed(_ file: String) -> StoreError {
    .identity(
      Explanation(
        what: "cannot use \(file)", why: "it is not as usher writes it",
        advice: "look at it; rm \(file) makes usher trust the store as it is now"))
  }
}
