import Basics
import Signing
import TestSupport
import Testing

/// Who has signed a certificate.
@Suite(.enabled(if: Tool.path("openssl") != nil, "needs openssl"), .timeLimit(.minutes(1)))
final class CertificateOutlineTests {
  private let directory = TemporaryDirectory()

  private static let ways: [(key: String, digest: String)] = [
    ("rsa:2048", "sha256"), ("rsa:2048", "sha384"), ("rsa:2048", "sha512"),
    ("ec -pkeyopt ec_paramgen_curve:P-256", "sha256"),
    ("ec -pkeyopt ec_paramgen_curve:P-384", "sha384"),
    ("ec -pkeyopt ec_paramgen_curve:P-384", "sha512"),
  ]

  /// An authority, another one of the same name, and a certificate of the first, in DER.
  private func make(_ key: String, _ digest: String) throws -> [[UInt8]] {
    let script = """
      cd \(directory.path) && for name in one two; do openssl req -x509 -newkey \(key) -nodes \
      -subj /CN=authority -keyout $name.key -out $name.pem; done && openssl req -new -newkey \(key) \
      -nodes -subj /CN=server -keyout server.key -out server.csr && openssl x509 -req -in server.csr \
      -CA one.pem -CAkey one.key -CAcreateserial -\(digest) -out server.pem && \
      for name in one two server; do openssl x509 -in $name.pem -outform DER -out $name.der; done
      """
    let result = ChildProcess.run("/bin/sh", ["-c", "PATH=/usr/bin:/bin; \(script)"])
    #expect(result.status == 0, "\(result.errorText)")
    return try ["one", "two", "server"].map {
      try #require(TextFile.read(directory.file("\($0).der")))
    }
  }

  private func outline(_ der: [UInt8]) -> CertificateOutline? {
    der.withBytes { CertificateOutline(der: $0) }
  }

  @Test(arguments: ways)
  func `a certificate is known to be that of the key that has signed it, and of no other`(
    _ key: String, _ digest: String
  ) throws {
    let made = try make(key, digest)
    let authority = try #require(outline(made[0]))
    let namesake = try #require(outline(made[1]))
    let certificate = try #require(outline(made[2]))
    #expect(certificate.issuer == authority.subject && certificate.issuer == namesake.subject)
    #expect(certificate.isSigned(by: authority))
    #expect(!certificate.isSigned(by: namesake))
    #expect(!certificate.isSigned(by: certificate))
    #expect(authority.isSigned(by: authority))
  }

  @Test func `a certificate that was changed anywhere is not signed any more`() throws {
    let made = try make("ec -pkeyopt ec_paramgen_curve:P-256", "sha256")
    let authority = try #require(outline(made[0]))
    for index in made[2].indices.dropFirst(8) {
      var changed = made[2]
      changed[index] ^= 1
      // Where it is not read as a certificate any more it is none of anybody.
      let isSigned = outline(changed)?.isSigned(by: authority) ?? false
      #expect(!isSigned, "byte \(index)")
    }
  }

  @Test func `a signature that can be forged proves nothing`() throws {
    let made = try make("rsa:2048", "sha1")
    let authority = try #require(outline(made[0]))
    #expect(outline(made[2])?.isSigned(by: authority) == false)
  }
}
