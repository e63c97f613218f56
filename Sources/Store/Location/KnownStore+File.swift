internal import Basics
internal import Connections
internal import Secrets

/// The file of what is remembered of a store: a line for each thing, the first word of which says what it is.
extension KnownStore {
  private static let limit = 256 * 1024
  private static let prefix = "known-store-"
  private static let comment = "# what usher remembers of "

  /// One file a store; the path is hashed because it may hold any character.
  static func name(of path: String) -> String {
    prefix + mark(of: path)
  }

  /// What the files about a store end with.
  static func mark(of path: String) -> String {
    path.sha256.prefix(8).hex
  }

  /// Reads what is remembered of the store at a path; nil when nothing is.
  init?(of path: String, in directory: borrowing PrivateDirectory) throws(StoreError) {
    try self.init(file: KnownStore.name(of: path), in: directory)
  }

  private init?(file name: String, in directory: borrowing PrivateDirectory) throws(StoreError) {
    guard let lines = try KnownStore.lines(of: name, in: directory) else { return nil }
    var (storeID, recipients, isWriteOnly) = ("", [KnownRecipient](), false)
    var (nextRecipients, isNextWriteOnly) = ([KnownRecipient](), false)
    var (rowKey, nextRowKey): (String?, String?)
    var writers: [KnownWriter] = []
    for line in lines where !line.utf8.starts(with: "#".utf8) {
      let (kind, rest) = line[...].cutAtBlank
      guard let rest, !rest.isEmpty else {
        throw KnownStore.malformed("\(directory.path)/\(name)")
      }
      switch kind {
      case "store": storeID = String(rest)
      case "identity" where rest == "elsewhere": isWriteOnly = true
      case "row-key": rowKey = String(rest)
      case "writer":
        let (key, label) = rest.cutAtBlank
        KnownWriter(String(key), label: String(label ?? "")).map { writers.append($0) }
      case "recipient":
        recipients.append(try KnownStore.recipient(rest, of: name, in: directory))
      case "next-recipient":
        nextRecipients.append(try KnownStore.recipient(rest, of: name, in: directory))
      case "next-identity" where rest == "elsewhere": isNextWriteOnly = true
      case "next-row-key": nextRowKey = String(rest)
      default: throw KnownStore.malformed("\(directory.path)/\(name)")
      }
    }
    guard !storeID.isEmpty, !recipients.isEmpty, nextRecipients.isEmpty == (nextRowKey == nil)
    else { throw KnownStore.malformed("\(directory.path)/\(name)") }
    self.init(
      storeID: storeID, recipients: recipients, isWriteOnly: isWriteOnly, rowKey: rowKey)
    self.writers = writers
    change = nextRowKey.map {
      RecipientChange(recipients: nextRecipients, isWriteOnly: isNextWriteOnly, rowKey: $0)
    }
  }

  /// Puts it in place whole, after the file of before.
  func write(of path: String, in directory: borrowing PrivateDirectory) throws(StoreError) {
    var lines = ["\(KnownStore.comment)\(path)", "store \(storeID)"]
    lines += recipients.map { "recipient \($0.line)" }
    if isWriteOnly { lines.append("identity elsewhere") }
    if let rowKey { lines.append("row-key \(rowKey)") }
    lines += writers.map {
      $0.label.isEmpty ? "writer \($0.text)" : "writer \($0.text) \($0.label)"
    }
    if let change {
      lines += change.recipients.map { "next-recipient \($0.line)" }
      if change.isWriteOnly { lines.append("next-identity elsewhere") }
      lines.append("next-row-key \(change.rowKey)")
    }
    let text = Array((lines.joined(separator: "\n") + "\n").utf8)
    try unsafe directory.write(text.span.bytes, to: KnownStore.name(of: path), mode: 0o600)
  }

  /// The other stores of this machine that are sealed to a key, or may be, by their paths; sorted.
  static func others(
    than path: String, sealedTo keys: [AgeRecipient], in directory: borrowing PrivateDirectory
  ) -> [String] {
    var paths: [String] = []
    for name in directory.names() where name.hasPrefix(prefix) && name != self.name(of: path) {
      do throws(StoreError) {
        guard let known = try KnownStore(file: name, in: directory) else { continue }
        let recipients = known.recipients + (known.change?.recipients ?? [])
        guard recipients.contains(where: { keys.contains($0.key) }) else { continue }
      } catch {
        // What cannot be read may say so.
      }
      let line = (try? lines(of: name, in: directory))?.first { $0.hasPrefix(comment) }
      paths.append(line.map { String($0.dropFirst(comment.count)) } ?? "\(directory.path)/\(name)")
    }
    return paths.sorted()
  }

  private static func lines(
    of name: String, in directory: borrowing PrivateDirectory
  ) throws(StoreError) -> [String]? {
    guard try directory.verifiedFile(name) != nil else { return nil }
    guard let content = try directory.read(name, limit: limit) else {
      throw malformed("\(directory.path)/\(name)")
    }
    return content.withBytes { $0.copied() }.split(separator: UInt8(ascii: "\n"))
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private static func recipient(
    _ text: Substring, of name: String, in directory: borrowing PrivateDirectory
  ) throws(StoreError) -> KnownRecipient {
    guard let recipient = KnownRecipient(line: text) else {
      throw malformed("\(directory.path)/\(name)")
    }
    return recipient
  }

  private static func malformed(_ file: String) -> StoreError {
    .identity(
      Explanation(
        what: "cannot use \(file)", why: "it is not as usher writes it",
        advice: "look at it; usher keys trust makes it anew from the store as it is now"))
  }
}
