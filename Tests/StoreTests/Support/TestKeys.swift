import Basics
import Connections
import Drafts
import Secrets
import Store
import TestSupport

@testable import Store

/// Keys of others, and stores that have something of each kind in them.
enum TestKeys {
  /// A new identity, and the file that it is kept in.
  static func make(
    _ name: String = "other-identity", in home: borrowing TestHome,
    kind: AgeIdentities.Kind = .x25519
  ) -> (recipient: AgeRecipient, file: String) {
    let identities = AgeIdentities(generating: kind)
    let file = home.directory.file(name)
    let text = IdentityFile.text(of: identities, created: .now())
    TestFile.write(text.withBytes { $0.copied() }, to: file, mode: 0o400)
    return (identities.recipients[0], file)
  }

  /// Whether an age file opens with the identity in a file.
  static func opens(_ sealed: [UInt8], with file: String) -> Bool {
    var plaintext = SecretBuffer(capacity: sealed.count)
    do {
      let identities = try IdentityProvider(.file(file)).identities()
      try AgeFile.open(sealed, with: identities, into: &plaintext)
      return true
    } catch {
      return false
    }
  }

  /// The recipients of the identity in the usual place, as they stand in its file.
  static func own(in home: borrowing TestHome) -> [AgeRecipient] {
    TestFile.text(home.identityPath).split(separator: "\n").compactMap { line in
      line.hasPrefix("# public key: ") ? AgeRecipient(String(line.dropFirst(14))) : nil
    }
  }
}

/// Something of each kind that a store keeps, and what it is when it is read again.
enum FullStore {
  static let names = ["a", "b"].map(TestRecord.name)
  /// Two records, a token, a former record with its token, an application and a draft.
  static let count = 7

  static func fill(_ store: TestStore) throws {
    for name in names { try store.save("first-\(name.name)-EXAMPLE", name) }
    try store.keep("former-token-EXAMPLE", of: names[0])
    try store.save("second-EXAMPLE", names[0], replacing: true)
    try store.keep("token-EXAMPLE", of: names[0])
    try store.handle.session().saveApplication("application-EXAMPLE")
    try store.saveDraft(
      Submission(provider: TestRecord.provider, values: TestRecord.values("draft-EXAMPLE")),
      for: names[1])
  }

  static func content(_ store: TestStore) throws -> [String] {
    var content = [
      try store.secret(names[0]), try store.secret(names[1]),
      try store.kept(names[0]) ?? "no token", try store.formerSecret(names[0]) ?? "nothing former",
      try store.handle.session().applicationSecret() ?? "no application",
    ]
    if let values = try store.resume(names[1]) { content.append(TestRecord.secret(in: values)) }
    return content
  }

  static let expected = [
    "second-EXAMPLE", "first-b-EXAMPLE", "token-EXAMPLE 1",
    "first-a-EXAMPLE with former-token-EXAMPLE", "application-EXAMPLE", "draft-EXAMPLE",
  ]
}
