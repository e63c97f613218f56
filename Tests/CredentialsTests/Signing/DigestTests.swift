import Basics
import Crypto
import FoundationEssentials
import Requests
import Secrets
import Signing
import Testing

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
    Self.compare(Insecure.SHA1.self, length) { Digests.hmacSHA1($0, key: $1) }
    Self.compare(SHA256.self, length) { Digests.hmacSHA256($0, key: $1) }
  }

  private static func compare<Hash: HashFunction>(
    _ hash: Hash.Type, _ length: Int, _ code: (RawSpan, RawSpan) -> SecretBuffer
  ) {
    let key = [UInt8](repeating: 0x42, count: length)
    let message = [UInt8](repeating: 0x17, count: length * 3)
    var ours: [UInt8] = []
    SecretBuffer(text: String(decoding: key, as: UTF8.self), capacity: 1).withBytes { key in
      SecretBuffer(text: String(decoding: message, as: UTF8.self), capacity: 1).withBytes {
        code($0, key).withBytes { code in ours = (0..<code.byteCount).map { code[$0] } }
      }
    }
    let theirs = HMAC<Hash>.authenticationCode(for: message, using: SymmetricKey(data: key))
    #expect(ours == Array(theirs))
  }

  @Test(arguments: [1, 127, 128, 129, 300])
  func `tokens by SHA-384 and SHA-512 have the codes that the library gives`(length: Int) throws {
    let text = SecretBuffer(text: String(repeating: "B", count: length), capacity: 1)
    let key = SymmetricKey(data: [UInt8](repeating: 0x42, count: length))
    for algorithm in [TokenAlgorithm.hs384, .hs512] {
      let signing = try text.withBytes { text throws(KeyFault) in
        try SigningKey(shared: text, for: algorithm)
      }
      let token = TokenParts(try WebTokens.sign("{}", "payload", with: signing))
      let isLong = algorithm == .hs512
      let code =
        isLong
        ? Array(HMAC<SHA512>.authenticationCode(for: token.message, using: key))
        : Array(HMAC<SHA384>.authenticationCode(for: token.message, using: key))
      #expect(Array(token.signature) == code)
    }
  }
}
