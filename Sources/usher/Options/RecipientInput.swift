internal import Basics
internal import Connections
internal import Glibc
internal import Secrets
internal import Store

/// A recipient as the command line names it: by its words, `-` for standard input, or a file.
struct RecipientInput {
  /// In bytes: more than a file of one public key has.
  private static let limit = 16 * 1024

  /// The words of the command line; an SSH key comes in two or three of them.
  let words: [String]
  /// `--file`.
  var file: String?

  /// - Throws: `.usage` where there is none, or it is none that can be sealed to.
  func recipient() throws(CommandError) -> AgeRecipient {
    try RecipientInput.parse(text())
  }

  /// - Throws: `.usage` for what is no recipient.
  static func parse(_ text: String) throws(CommandError) -> AgeRecipient {
    guard let recipient = AgeRecipient(text) else {
      throw .usage(
        Explanation(
          what: "this is no recipient that can be sealed to, and nothing was changed",
          why: text.uppercased().hasPrefix("AGE-SECRET-KEY-")
            ? "it is a private key, which stays where it is" : "it is no public key of age",
          advice: "give the public key, age1…: age-keygen -y FILE prints that of an identity"))
    }
    return recipient
  }

  private func text() throws(CommandError) -> String {
    if let file { return try RecipientInput.line(in: file) }
    guard words == ["-"] else { return words.joined(separator: " ") }
    return try RecipientInput.line(from: STDIN_FILENO, called: "standard input")
  }

  private static func line(in path: String) throws(CommandError) -> String {
    let file: FileDescriptor
    do throws(SystemError) {
      file = try FileDescriptor.open(path, O_RDONLY)
    } catch {
      throw .usage(Explanation(what: "cannot read \(path)", why: error.reason))
    }
    return try line(from: file.number, called: path)
  }

  /// The one line that is no comment. Whoever gives a private key by mistake has it copied nowhere.
  private static func line(
    from descriptor: Int32, called name: String
  ) throws(CommandError) -> String {
    let content: SecretBuffer?
    do throws(SystemError) {
      content = try SecretBuffer.reading(descriptor, limit: limit)
    } catch {
      throw .usage(Explanation(what: "cannot read \(name)", why: error.reason))
    }
    guard let content else {
      throw .usage(Explanation(what: "\(name) is no public key", why: "it is too long for one"))
    }
    let isPrivate = content.withBytes { bytes in
      (0..<bytes.byteCount).contains { start in
        bytes[start] == UInt8(ascii: "A") && bytes.has("AGE-SECRET-KEY-".utf8, at: start)
          || bytes[start] == UInt8(ascii: "-") && bytes.has("-----BEGIN ".utf8, at: start)
      }
    }
    if isPrivate {
      throw .usage(
        Explanation(
          what: "\(name) holds a private key, and nothing was changed",
          why: "a store is sealed to the public key; the private one stays where it is",
          advice: "age-keygen -y FILE prints the public key of an identity"))
    }
    let text = content.withBytes { String(decoding: $0.copied(), as: UTF8.self) }
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
    guard lines.count == 1 else {
      throw .usage(
        Explanation(
          what: "\(name) is not used, and nothing was changed",
          why: lines.isEmpty ? "it holds no public key" : "it holds more than one public key",
          advice: "give one, as a file or as text"))
    }
    return String(lines[0])
  }
}
