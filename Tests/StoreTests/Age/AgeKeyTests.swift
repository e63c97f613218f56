import Basics
import Secrets
import Store
import Testing

@testable import Store

@Suite("age: keys")
struct AgeKeyTests {
  /// The key of 32 bytes 0x42, and its recipient, from the specification of age.
  private static let identity =
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
  private static let recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

  @Test func `the identity of the specification has its recipient`() {
    var identities = AgeIdentities()
    let isAdded = identities.append(text: Self.identity)
    #expect(isAdded)
    #expect(identities.recipients.map(\.text) == [Self.recipient])
    #expect(text(of: identities) == Self.identity)
  }

  @Test func `the recipient of the specification is read and written alike`() {
    #expect(AgeRecipient(Self.recipient)?.text == Self.recipient)
  }

  @Test(arguments: AgeIdentities.Kind.allCases)
  func `a new key is read back from its text`(kind: AgeIdentities.Kind) {
    let made = AgeIdentities(generating: kind)
    var read = AgeIdentities()
    let isAdded = read.append(text: text(of: made))
    #expect(isAdded)
    #expect(read.recipients == made.recipients)
    #expect(made.recipients.compactMap { AgeRecipient($0.text) } == made.recipients)
  }

  @Test func `any changed character of a key is refused`() {
    for text in [Self.identity, Self.recipient] {
      for index in text.indices {
        var changed = text
        changed.replaceSubrange(
          index...index, with: text[index] == "Q" || text[index] == "q" ? "P" : "Q")
        #expect(AgeRecipient(changed) == nil, "\(changed)")
        var identities = AgeIdentities()
        let isAdded = identities.append(text: changed)
        #expect(!isAdded, "\(changed)")
      }
    }
  }

  @Test func `a key in the wrong case or cut off is refused`() {
    var identities = AgeIdentities()
    for text in [
      Self.identity.lowercased(), String(Self.identity.dropLast()), Self.identity + "Q",
      "AGE-SECRET-KEY-1", "", Self.recipient,
    ] {
      let isAdded = identities.append(text: text)
      #expect(!isAdded, "\(text)")
    }
    for text in [
      Self.recipient.uppercased(), String(Self.recipient.dropLast()), "age1", "", Self.identity,
    ] {
      #expect(AgeRecipient(text) == nil, "\(text)")
    }
  }

  @Test func `an identity file may have comments, blanks and several keys`() throws {
    let other = AgeIdentities(generating: .x25519)
    let text = "# a comment\r\n\n  \(Self.identity)\t\n#\n\(text(of: other))"
    let buffer = TestRecord.buffer(text)
    let identities = try buffer.withBytes { bytes throws(IdentityFileError) in
      try IdentityFile.parse(bytes)
    }
    #expect(identities.recipients.map(\.text) == [Self.recipient] + other.recipients.map(\.text))
  }

  @Test(arguments: [
    ("", IdentityFileError.empty), ("# only a comment\n", .empty),
    (
      "# a comment\nage1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj\n",
      .publicKey(line: 2)
    ),
    ("-----BEGIN OPENSSH PRIVATE KEY-----\n", .damagedSSH), ("hello", .malformed(line: 1)),
  ])
  func `what is no identity file is refused by line`(text: String, expected: IdentityFileError) {
    let buffer = TestRecord.buffer(text)
    #expect(throws: expected) {
      try buffer.withBytes { bytes throws(IdentityFileError) in _ = try IdentityFile.parse(bytes) }
    }
  }

  private func text(of identities: borrowing AgeIdentities) -> String {
    var text = SecretBuffer()
    _ = identities.write(0, to: &text)
    return text.withBytes { String(decoding: $0.copied(), as: UTF8.self) }
  }
}
