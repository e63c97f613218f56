internal import Basics
internal import Secrets

/// The text of an identity file, as `age-keygen` writes it: comments and one key a line.
enum IdentityFile {
  /// More than 64 keys with their comments; also what is read of an identity in an age file.
  static let limit = 64 * 1024

  /// Reads the keys. The error names a line, never its content.
  static func parse(_ text: RawSpan) throws(IdentityFileError) -> AgeIdentities {
    var identities = AgeIdentities()
    var (start, line) = (0, 1)
    while start < text.byteCount {
      var end = start
      while end < text.byteCount, text[end] != UInt8(ascii: "\n") { end += 1 }
      let content = text.extracting(text.trimmed(start..<end, where: \.isMarkupBlank))
      if content.byteCount > 0, !content.has("#".utf8), !identities.append(content) {
        throw content.has("-----BEGIN OPENSSH".utf8) ? .ssh : .malformed(line: line)
      }
      (start, line) = (end + 1, line + 1)
    }
    guard !identities.kinds.isEmpty else { throw .empty }
    return identities
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

/// Why a text is not an identity file.
enum IdentityFileError: Error, Equatable {
  case empty
  case malformed(line: Int)
  case ssh

  var reason: String {
    switch self {
    case .empty: "it holds no key"
    case .malformed(let line): "line \(line) is not an age identity"
    case .ssh: "it is an SSH key; usher takes age identities"
    }
  }
}
