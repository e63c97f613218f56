import Basics
import Secrets
import Store
import Testing

@testable import Store

@Suite("age: files")
struct AgeFileTests {
  @Test(arguments: [0, 1, 65535, 65536, 65537, 131_072, 1_000_000])
  func `content of any size comes back`(size: Int) throws {
    let identities = AgeIdentities(generating: .x25519)
    let content = pattern(size)
    let file = try AgeFile.seal(content, to: identities.recipients)
    #expect(try open(file, identities) == bytes(content))
  }

  @Test(arguments: 1...5)
  func `each recipient alone opens the file`(count: Int) throws {
    var all: [AgeRecipient] = []
    let last = AgeIdentities(generating: .x25519)
    for _ in 1..<count { all += AgeIdentities(generating: .x25519).recipients }
    all += last.recipients
    let file = try AgeFile.seal(pattern(100), to: all)
    #expect(try open(file, last) == bytes(pattern(100)))
  }

  @Test func `a post-quantum recipient opens its file`() throws {
    let identities = AgeIdentities(generating: .postQuantum)
    let file = try AgeFile.seal(pattern(100), to: identities.recipients)
    #expect(try open(file, identities) == bytes(pattern(100)))
  }

  @Test func `a post-quantum recipient is never mixed with others`() {
    let recipients =
      AgeIdentities(generating: .x25519).recipients
      + AgeIdentities(generating: .postQuantum).recipients
    #expect(throws: AgeError.self) { _ = try AgeFile.seal(pattern(1), to: recipients) }
  }

  @Test func `nothing is sealed to nobody`() {
    #expect(throws: AgeError.self) { _ = try AgeFile.seal(pattern(1), to: []) }
  }

  @Test func `the same content is never the same file`() throws {
    let recipients = AgeIdentities(generating: .x25519).recipients
    let first = try AgeFile.seal(pattern(100), to: recipients)
    let second = try AgeFile.seal(pattern(100), to: recipients)
    #expect(first != second)
  }

  @Test func `another identity does not open the file`() throws {
    let file = try AgeFile.seal(
      pattern(10), to: AgeIdentities(generating: .x25519).recipients)
    #expect(throws: AgeError.noMatch) {
      _ = try open(file, AgeIdentities(generating: .x25519))
    }
  }

  @Test func `no changed byte goes unnoticed`() throws {
    let identities = AgeIdentities(generating: .x25519)
    let file = try AgeFile.seal(pattern(40), to: identities.recipients)
    for index in file.indices {
      var changed = file
      changed[index] ^= 1 << UInt8(index % 8)
      #expect(throws: AgeError.self, "byte \(index)") { _ = try open(changed, identities) }
    }
    for length in file.indices {
      #expect(throws: AgeError.self, "length \(length)") {
        _ = try open(Array(file[..<length]), identities)
      }
    }
  }

  @Test func `a passphrase opens its file and no other does`() throws {
    let passphrase = TestRecord.buffer("correct-horse-EXAMPLE")
    let file = try AgeFile.seal(pattern(10), passphrase: passphrase, workFactor: 6)
    var content = SecretBuffer(capacity: file.count)
    try AgeFile.open(file, passphrase: passphrase, into: &content)
    #expect(bytes(content) == bytes(pattern(10)))
    #expect(throws: AgeError.noMatch) {
      var content = SecretBuffer(capacity: file.count)
      let wrong = TestRecord.buffer("wrong-horse-EXAMPLE")
      try AgeFile.open(file, passphrase: wrong, into: &content)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a file that asks for too much work is refused without doing it`() throws {
    let passphrase = TestRecord.buffer("horse-EXAMPLE")
    let file = try AgeFile.seal(pattern(10), passphrase: passphrase, workFactor: 6)
    for asked in ["21", "40", "4000000"] {
      let changed = replaceWorkFactor(in: file, with: asked)
      let reason =
        "its passphrase entry asks for the scrypt work factor \(asked), and usher computes 20 at most"
      #expect(throws: AgeError.header(reason)) {
        var content = SecretBuffer(capacity: file.count)
        try AgeFile.open(changed, passphrase: passphrase, into: &content)
      }
    }
  }

  @Test func `armor holds the same file`() throws {
    for size in 0..<200 {
      let file = bytes(pattern(size))
      let text = AgeArmor.encode(file)
      #expect(AgeArmor.isArmored(text))
      #expect(try AgeArmor.decode(text) == file)
      #expect(text.split(separator: UInt8(ascii: "\n")).allSatisfy { $0.count <= 64 })
    }
  }

  /// The stanza is `-> scrypt SALT 6`.
  private func replaceWorkFactor(in file: [UInt8], with text: String) -> [UInt8] {
    let lines = file.split(
      separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    return Array(lines[0]) + [10] + lines[1].dropLast() + Array(text.utf8) + [10] + lines[2]
  }

  private func pattern(_ size: Int) -> SecretBuffer {
    var buffer = SecretBuffer(capacity: max(1, size))
    for index in 0..<size { buffer.append(UInt8(truncatingIfNeeded: index &* 31 &+ index >> 8)) }
    return buffer
  }

  private func bytes(_ buffer: borrowing SecretBuffer) -> [UInt8] {
    buffer.withBytes { $0.copied() }
  }

  private func open(
    _ file: [UInt8], _ identities: borrowing AgeIdentities
  ) throws(AgeError) -> [UInt8] {
    var content = SecretBuffer(capacity: max(1, file.count))
    try AgeFile.open(file, with: identities, into: &content)
    return bytes(content)
  }
}
