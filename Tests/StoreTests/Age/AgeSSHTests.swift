import Basics
import Secrets
import Store
import TestSupport
import Testing

@testable import Store

@Suite("age: keys of SSH")
struct AgeSSHTests {
  private let key = TestKey.ssh()

  @Test func `the base point of RFC 8032 is that of RFC 7748`() {
    let point: [UInt8] = [0x58] + [UInt8](repeating: 0x66, count: 31)
    #expect(Edwards25519.montgomery(point) == [9] + [UInt8](repeating: 0, count: 31))
  }

  @Test func `a line of a public key is read with any comment, and written without`() throws {
    let text = key.recipient.text
    #expect(text.hasPrefix("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI"))
    for line in [text, "  \(text)\n", "\(text) me@host", "\(text)\twith several words  "] {
      #expect(try AgeRecipient(parsing: line) == key.recipient)
    }
  }

  @Test func `an SSH key opens its file and no other does`() throws {
    let other = TestKey.ssh()
    let content = TestRecord.buffer("content")
    let file = try AgeFile.seal(content, to: [TestKey.native().recipient, key.recipient])
    var opened = SecretBuffer()
    try AgeFile.open(file, with: key.identities(), into: &opened)
    #expect(opened.withBytes { $0.copied() } == Array("content".utf8))
    #expect(throws: AgeError.noMatch) {
      var opened = SecretBuffer()
      try AgeFile.open(file, with: other.identities(), into: &opened)
    }
  }

  @Test func `an SSH key is not mixed with post-quantum ones`() {
    let quantum = AgeIdentities(generating: .postQuantum).recipients
    #expect(throws: AgeError.self) {
      _ = try AgeFile.seal(TestRecord.buffer("x"), to: quantum + [key.recipient])
    }
  }

  @Test func `what is no whole public key of SSH is refused`() {
    let text = key.recipient.text
    let base64 = text.dropFirst("ssh-ed25519 ".count)
    for line in [
      "ssh-ed25519", "ssh-ed25519 ", "ssh-ed25519 \(base64.dropLast())",
      "ssh-ed25519 \(base64.dropLast(4))", "ssh-ed25519 \(base64)AAAA", "ssh-ed25519 !\(base64)",
      "ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAAAgQ",
      // The name in the key is another one.
      "ssh-ed25519 " + base64.replacing("ZDI1NTE5", with: "ZDI1NTE4"),
    ] {
      #expect(refusal(line) == .damagedSSH, "\(line)")
    }
  }

  /// All points of low order (the sign of x left aside), a number above the prime, and y = 2, where there is no point.
  @Test func `a key that would give everybody the same secret, or none, is refused`() {
    let zeros = String(repeating: "00", count: 30)
    let ones = String(repeating: "ff", count: 30)
    for point in [
      "01\(zeros)00", "ec\(ones)7f", "00\(zeros)00", "00\(zeros)80", "ed\(ones)7f", "ee\(ones)7f",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "02\(zeros)00",
    ] {
      var bytes: [UInt8] = []
      #expect(point.withBytes { Hexadecimal.decode($0) { bytes.append($0) } })
      #expect(refusal(AgeRecipient.sshEd25519(bytes).text) == .damagedSSH, "\(point)")
    }
  }

  @Test(arguments: [
    ("", AgeRecipientError.unknown), ("hello", .unknown), ("ssh-keygen", .unknown),
    ("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ me", .ssh(.rsa)),
    ("ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY me", .ssh(.p256)),
    ("sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5", .ssh(.ed25519InHardware)),
    ("ssh-ed448 AAAAC3NzaC1lZDQ0OA", .ssh(nil)),
    ("age1yubikey1q0123456789", .plugin("yubikey")), ("age1zvkyg2lqzraa2lnjvqej32nk", .damaged),
    ("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJ", .isPrivate),
    ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNza", .isPrivate),
  ])
  func `what cannot be sealed to is refused by name`(text: String, expected: AgeRecipientError) {
    #expect(refusal(text) == expected)
    // Nothing of the text is repeated but the name of a kind.
    #expect(!expected.reason.contains("AAAA") && !expected.reason.contains("GFPYY"))
  }

  @Test(.enabled(if: Tool.path("ssh-keygen") != nil, "needs ssh-keygen"))
  func `ssh-keygen reads the keys that we write, and we read its own`() throws {
    let tool = try #require(Tool.path("ssh-keygen"))
    let directory = TemporaryDirectory()
    TestFile.write(key.text, to: directory.file("ours"))
    let shown = ChildProcess.run(tool, ["-y", "-f", directory.file("ours")])
    #expect(shown.text.trimming == key.recipient.text, "\(shown.errorText)")
    for _ in 0..<8 {
      let path = directory.file("theirs")
      TestFile.remove(path)
      _ = ChildProcess.run(tool, ["-q", "-t", "ed25519", "-N", "", "-C", "me @ home", "-f", path])
      let identities = try AgeIdentities.parsing(TestFile.read(path))
      let expected = try AgeRecipient(parsing: TestFile.text("\(path).pub"))
      #expect(identities.recipients == [expected])
    }
  }

  @Test func `no changed byte of an SSH key makes another one of it`() throws {
    let text = key.text
    for index in text.indices {
      var changed = text
      changed[index] ^= 1 << UInt8(index % 8)
      do throws(IdentityFileError) {
        let identities = try AgeIdentities.parsing(changed)
        #expect(identities.recipients == [key.recipient], "byte \(index)")
      } catch {
        #expect(!error.reason.isEmpty)
      }
    }
    for length in 0..<text.count - 40 {
      #expect(throws: IdentityFileError.self, "length \(length)") {
        _ = try AgeIdentities.parsing(Array(text[..<length]))
      }
    }
  }

  private func refusal(_ text: String) -> AgeRecipientError? {
    do throws(AgeRecipientError) {
      _ = try AgeRecipient(parsing: text)
      return nil
    } catch {
      return error
    }
  }
}

extension String {
  fileprivate var trimming: String {
    String(reversed().drop(while: \.isWhitespace).reversed())
  }
}
