import Basics
import Crypto
import FoundationEssentials
import Secrets
import Testing

@testable import Requests
@testable import Signing

/// Message authentication codes, which are ours because the library leaves the key in plain memory.
@Suite struct KeyedDigests {
  /// RFC 4231, section 4.7: a key longer than a block.
  @Test func `a key longer than a block is digested first, as RFC 4231 shows`() {
    var key = SecretBuffer(capacity: 131)
    for _ in 0..<131 { key.append(0xAA) }
    let message = SecretBuffer(fixture: "Test Using Larger Than Block-Size Key - Hash Key First")
    let code = key.withBytes { key in message.withBytes { Digests.hmacSHA256($0, key: key) } }
    var digits = SecretWriter()
    code.withBytes { digits.append(hex: $0) }
    #expect(
      digits.finish()?.fixtureText
        == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
  }

  @Test(arguments: [0, 1, 63, 64, 65, 127, 128, 129, 300])
  func `keys of every length give the codes that the library gives`(length: Int) {
    Self.compare(Insecure.SHA1.self, length)
    Self.compare(SHA256.self, length)
    Self.compare(SHA512.self, length)
  }

  private static func compare<Hash: HashFunction>(_ hash: Hash.Type, _ length: Int) {
    let key = [UInt8](repeating: 0x42, count: length)
    let message = [UInt8](repeating: 0x17, count: length * 3)
    var ours: [UInt8] = []
    SecretBuffer(text: String(decoding: key, as: UTF8.self), capacity: 1).withBytes { key in
      SecretBuffer(text: String(decoding: message, as: UTF8.self), capacity: 1).withBytes {
        Digests.hmac(hash, $0, key: key).withBytes { code in
          ours = (0..<code.byteCount).map { code[$0] }
        }
      }
    }
    let theirs = HMAC<Hash>.authenticationCode(for: message, using: SymmetricKey(data: key))
    #expect(ours == Array(theirs))
  }
}
