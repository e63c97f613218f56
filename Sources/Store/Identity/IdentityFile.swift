internal import Basics
internal import Secrets
internal import Signing

/// The text of an identity file, as `age-keygen` writes it: comments and one key a line.
enum IdentityFile {
  /// More than 64 keys with their comments; also what is read of an identity in an age file.
  static let limit = 64 * 1024

  /// Reads the keys: age's own, one a line, and SSH keys. Lines of another kind (of plugins, of other programs) and keys
  /// that cannot be used are left aside where there is a key besides; one of age's own that is damaged never is. The
  /// error names a line, never its content.
  static func parse(_ text: RawSpan) throws(IdentityFileError) -> AgeIdentities {
    var identities = AgeIdentities()
    var odd: IdentityFileError?
    // Some editors put a byte order mark in front.
    var (start, line) = (text.has([0xEF, 0xBB, 0xBF]) ? 3 : 0, 1)
    while start < text.byteCount {
      let end = text.firstOffset(from: start) { $0 == lineFeed } ?? text.byteCount
      let content = text.extracting(text.trimmed(start..<end, where: \.isMarkupBlank))
      var next = min(end + 1, text.byteCount)
      do throws(IdentityFileError) {
        if content.has(begin.utf8) {
          next = text.firstOffset(of: self.end.utf8, from: end) ?? text.byteCount
          guard content.has(OpenSSHKey.label.utf8, at: begin.utf8.count) else {
            throw .malformed(line: line)
          }
          try OpenSSHKey.read(end..<next, of: text, into: &identities)
        } else if content.byteCount > 0, !content.has("#".utf8), !content.has(self.end.utf8) {
          try read(content, line, into: &identities)
        }
      } catch {
        if case .damaged = error { throw error }
        odd = odd ?? error
      }
      for offset in start..<next where text[offset] == lineFeed { line += 1 }
      start = next
    }
    guard !identities.isEmpty else { throw otherFile(text) ?? odd ?? .empty }
    return identities
  }

  private static let (begin, end) = ("-----BEGIN ", "-----END ")
  private static let lineFeed = UInt8(ascii: "\n")

  /// Reads a line that is no comment.
  private static func read(
    _ content: RawSpan, _ line: Int, into identities: inout AgeIdentities
  ) throws(IdentityFileError) {
    if identities.append(content) { return }
    guard !content.isNativeIdentity else { throw .damaged(line: line) }
    if let name = content.pluginName { throw .plugin(name, line: line) }
    throw content.has("age1".utf8) ? .publicKey(line: line) : .malformed(line: line)
  }

  /// What the whole text is of the files that other programs keep keys in; nil for none of them, and for keys of OpenSSH,
  /// which say more about themselves.
  private static func otherFile(_ text: RawSpan) -> IdentityFileError? {
    guard let kind = KeyFileKind.all(in: text).first, !kind.isDamaged else { return nil }
    if case .openSSH = kind { return nil }
    return .otherFile(kind)
  }

  /// The text for one key, with its public key and the time in comments.
  static func text(
    of identities: borrowing AgeIdentities, created: Timestamp
  ) -> SecretBuffer {
    var text = SecretBuffer(capacity: limit)
    text.append(text: "# created: \(created)\n".utf8)
    for (index, recipient) in identities.recipients.enumerated() {
      text.append(text: "# public key: \(recipient.text)\n".utf8)
      let isWritten = identities.write(index, to: &text) && text.append(UInt8(ascii: "\n"))
      precondition(isWritten)
    }
    return text
  }
}

extension RawSpan {
  /// Whether it begins as a key that is ours to read.
  fileprivate var isNativeIdentity: Bool {
    hasIgnoringCase("age-secret-key-".utf8)
  }

  /// The name in an identity that a plugin of age has made: `AGE-PLUGIN-NAME-1…`.
  fileprivate var pluginName: String? {
    let prefix = "AGE-PLUGIN-"
    let start = prefix.utf8.count
    guard has(prefix.utf8), let end = firstOffset(of: "-1".utf8, from: start), start < end,
      !extracting(start..<end).contains(where: { !$0.isUppercase && !$0.isDigit && $0 != 0x2D })
    else { return nil }
    return shownText(start..<end).lowercased()
  }
}
