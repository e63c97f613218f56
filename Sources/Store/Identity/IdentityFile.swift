internal import Basics
internal import Secrets

/// The text of an identity file, as `age-keygen` writes it: comments and one key a line.
enum IdentityFile {
  /// More than 64 keys with their comments; also what is read of an identity in an age file.
  static let limit = 64 * 1024

  /// Reads the keys. Lines of another kind (of plugins, of other programs) are left aside where there is a key besides;
  /// a key that is damaged never is. The error names a line, never its content.
  static func parse(_ text: RawSpan) throws(IdentityFileError) -> AgeIdentities {
    var identities = AgeIdentities()
    var odd: IdentityFileError?
    var isInBlock = false
    // Some editors put a byte order mark in front.
    var (start, line) = (text.has([0xEF, 0xBB, 0xBF]) ? 3 : 0, 1)
    while start < text.byteCount {
      var end = start
      while end < text.byteCount, text[end] != UInt8(ascii: "\n") { end += 1 }
      let content = text.extracting(text.trimmed(start..<end, where: \.isMarkupBlank))
      if content.has("-----BEGIN ".utf8) {
        isInBlock = true
        odd = odd ?? (content.has("-----BEGIN OPENSSH".utf8) ? .ssh : .malformed(line: line))
      } else if content.has("-----END ".utf8) {
        isInBlock = false
      } else if content.byteCount > 0, !isInBlock, !content.has("#".utf8),
        !identities.append(content)
      {
        guard !content.isNativeIdentity else { throw .damaged(line: line) }
        odd =
          odd ?? (content.has("AGE-PLUGIN-".utf8) ? .plugin(line: line) : .malformed(line: line))
      }
      (start, line) = (end + 1, line + 1)
    }
    guard !identities.kinds.isEmpty else { throw odd ?? .empty }
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

extension RawSpan {
  /// Whether it begins as a key that is ours to read.
  fileprivate var isNativeIdentity: Bool {
    hasIgnoringCase("age-secret-key-".utf8)
  }
}

/// Why a text is not an identity file.
enum IdentityFileError: Error, Equatable {
  case empty
  case malformed(line: Int)
  /// A native key, mistyped or cut.
  case damaged(line: Int)
  case plugin(line: Int)
  case ssh

  var reason: String {
    switch self {
    case .empty: "it holds no key"
    case .malformed(let line): "line \(line) is no key, and there is none besides"
    case .damaged(let line): "the age identity in line \(line) is damaged: it is not as it was made"
    case .plugin(let line): "line \(line) is an identity of an age plugin, which usher does not run"
    case .ssh: "it is an SSH key; usher takes age identities"
    }
  }

  var advice: String {
    switch self {
    case .damaged: "compare it with a copy; every character of it counts"
    case .empty, .malformed, .plugin, .ssh:
      "an identity is a line that begins with AGE-SECRET-KEY-1; age-keygen makes one"
    }
  }
}
