internal import Basics
internal import Secrets

/// Changes of an identity file that leave alone what else is in it: keys of plugins, comments, keys of other stores.
extension IdentityFile {
  /// Above a key that is about to take the place of others, with all of them behind it: whoever is cut off in between
  /// leaves keys that nobody could tell from those that were put there by hand.
  private static let mark = "# in place of one another: "

  /// The same text with a key at its end that takes the place of some of the others. Nil where it would be longer than an
  /// identity file may be.
  static func text(
    _ text: borrowing SecretBuffer, adding identities: borrowing AgeIdentities,
    inPlaceOf replaced: [AgeRecipient], created: Timestamp
  ) -> SecretBuffer? {
    let keys = (identities.recipients + replaced).map(\.text).joined(separator: ", ")
    let added = IdentityFile.text(of: identities, created: created)
    var whole = SecretBuffer(capacity: limit)
    let isAdded = text.withBytes { bytes in
      let isEnded = bytes.byteCount == 0 || bytes[bytes.byteCount - 1] == UInt8(ascii: "\n")
      return whole.append(bytes) && (isEnded || whole.append(UInt8(ascii: "\n")))
    }
    guard isAdded, whole.append(text: "\(mark)\(keys)\n".utf8),
      added.withBytes({ whole.append($0) })
    else { return nil }
    return whole
  }

  /// The keys of changes that were cut off: each of them is of use only where a store is sealed to it.
  static func unfinished(in text: borrowing SecretBuffer) -> [AgeRecipient] {
    var keys: [AgeRecipient] = []
    forEachLine(of: text) { line, _ in
      guard line.has(mark.utf8) else { return }
      let text = String(decoding: line.copied().dropFirst(mark.utf8.count), as: UTF8.self)
      keys += text.split(separator: ", ").compactMap { AgeRecipient(String($0)) }
    }
    return keys
  }

  /// The same text without some keys and the comments right above them, and without what tells of a change.
  /// - Parameter keys: whose identities go.
  static func text(
    _ text: borrowing SecretBuffer, without keys: [AgeRecipient]
  ) -> SecretBuffer {
    var rest = SecretBuffer(capacity: limit)
    // Where the comments begin that belong to the next line.
    var comments = 0
    forEachLine(of: text) { line, whole in
      if isIdentity(line, of: keys) {
        rest.remove(comments..<rest.count)
      } else if !line.has(mark.utf8) {
        _ = rest.append(whole)
        if !line.has("#".utf8) { comments = rest.count }
      }
    }
    return rest
  }

  /// - Parameter body: is given each line without blanks around it, and as it is with its end.
  private static func forEachLine(
    of text: borrowing SecretBuffer, _ body: (RawSpan, RawSpan) -> Void
  ) {
    text.withBytes { bytes in
      var start = 0
      while start < bytes.byteCount {
        var end = start
        while end < bytes.byteCount, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        let next = min(end + 1, bytes.byteCount)
        let line = bytes.extracting(bytes.trimmed(start..<end, where: \.isMarkupBlank))
        body(line, bytes.extracting(start..<next))
        start = next
      }
    }
  }

  private static func isIdentity(_ line: RawSpan, of keys: [AgeRecipient]) -> Bool {
    var identity = AgeIdentities()
    guard identity.append(line) else { return false }
    return identity.recipients.contains(where: keys.contains)
  }
}
