internal import Basics
internal import Connections
internal import Crypto
internal import FoundationEssentials
internal import Secrets

/// The key under which the rows of a store say what a list shows of their connections. With it a list opens one age file
/// in place of one for each row.
///
/// It lies in the store, sealed to all of its recipients. Whoever is no recipient any more may have seen it, so it is made
/// anew when the recipients change. Anybody can seal a key of their own to the recipients: this machine remembers which
/// one it was (`KnownStore`), and uses no other. No value of a connection is ever sealed under it.
struct RowKey {
  /// The key as it lies in the store: an age file.
  let file: [UInt8]
  private let storeID: String
  private let key: SymmetricKey

  /// Before the store's identifier and the key itself, so that nothing else that is sealed to the recipients is a key.
  private static let label = "usher row key 1\n"

  /// A new one.
  init(for header: StoreHeader) throws(AgeError) {
    var content = SecretBuffer(text: "\(RowKey.label)\(header.id)\n")
    let secret = SecretBuffer(random: AgePrimitives.keyLength)
    _ = secret.withBytes { content.append($0) }
    file = try AgeFile.seal(content, to: header.recipients)
    storeID = header.id
    key = secret.withBytes(RowKey.key)
  }

  /// Opens the one that lies in a store.
  /// - Throws: `.noMatch` when it is sealed to others; `.payload` when it is no key, or one of another store.
  init(
    opening file: [UInt8], of storeID: String, with identities: borrowing AgeIdentities
  ) throws(AgeError) {
    var content = SecretBuffer(capacity: max(1, file.count))
    try AgeFile.open(file, with: identities, into: &content)
    let front = "\(RowKey.label)\(storeID)\n".utf8
    let key = content.withBytes { content -> SymmetricKey? in
      guard content.byteCount == front.count + AgePrimitives.keyLength, content.has(front) else {
        return nil
      }
      return RowKey.key(content.extracting(front.count..<content.byteCount))
    }
    guard let key else { throw .payload("it is not the key of this store's rows") }
    self.file = file
    self.storeID = storeID
    self.key = key
  }

  /// What this machine remembers it by.
  var fingerprint: String { RowKey.fingerprint(of: file) }

  static func fingerprint(of file: [UInt8]) -> String { file.sha256.hex }

  /// Nil when there is more than is kept of a summary.
  func seal(_ summary: ConnectionSummary) -> [UInt8]? {
    guard let content = summary.encoded() else { return nil }
    let box = try? ChaChaPoly.seal(
      content, using: key, authenticating: bound(to: summary.entry))
    return box.map { Array($0.combined) }
  }

  /// Nil when it was sealed under another key, or for another row, version or store, or is not whole.
  func open(_ sealed: [UInt8], of entry: ConnectionIndexEntry) -> ConnectionSummary? {
    guard let box = try? ChaChaPoly.SealedBox(combined: sealed),
      let content = try? ChaChaPoly.open(box, using: key, authenticating: bound(to: entry))
    else { return nil }
    return unsafe content.withUnsafeBytes { bytes in
      ConnectionSummary(decoding: unsafe RawSpan(_unsafeBytes: bytes), entry: entry)
    }
  }

  /// What a summary belongs to. Texts end with a zero, which none of them holds.
  private func bound(to entry: ConnectionIndexEntry) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(192)
    for text in [storeID, entry.name.provider, entry.name.name] {
      bytes += text.utf8
      bytes.append(0)
    }
    for number in [
      Int64(entry.version), entry.created.secondsSinceEpoch, entry.changed.secondsSinceEpoch,
    ] {
      for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number >> Int64(8 * shift))) }
    }
    return bytes
  }

  private static func key(_ bytes: RawSpan) -> SymmetricKey {
    unsafe bytes.withUnsafeBytes { unsafe SymmetricKey(data: $0) }
  }
}
