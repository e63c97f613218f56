import Basics
import Drafts
import Requests
import Secrets
import Testing

/// Client certificates and their keys, in the forms in which they are pasted.
@Suite struct ClientCertificateTests {
  /// Any sequence that begins with a sequence looks like a certificate to us; the TLS library knows better.
  private static let body =
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQD3qCDLh6FeqtQYLfBNGsEj"
    + "/EjQizEipyLG2wE1T6Zdl7N+8B1sG4GiaWuZ3RcQUWpICY9/I1Le9d254bUBPoaYE04eJkp+PvmSgBf/saiTeO5O"
    + "SP77cOIOJ6ceKUK7bOoReDkRcE567FMQBXQraW/epqJN8e0JWinJGQMRnQ1X1wIDAQAB"

  private static let certificate = block("CERTIFICATE", body)

  private static func block(_ label: String, _ body: String) -> String {
    var lines = ["-----BEGIN \(label)-----"]
    var rest = body[...]
    while !rest.isEmpty {
      lines.append(String(rest.prefix(64)))
      rest = rest.dropFirst(64)
    }
    return (lines + ["-----END \(label)-----"]).joined(separator: "\n") + "\n"
  }

  private static func encoded(_ text: String) -> String {
    var base64 = SecretWriter()
    SecretBuffer(fixture: text).withBytes { base64.append(base64: $0) }
    return base64.finish()?.fixtureText ?? ""
  }

  private func read(_ certificate: String, _ key: String) throws -> (chain: String, key: String) {
    let certificate = SecretBuffer(fixture: certificate)
    let key = SecretBuffer(fixture: key)
    let read = try certificate.withBytes { certificate in
      try key.withBytes { key in
        try ClientCertificate(certificate: certificate, privateKey: key)
      }
    }
    return (read.chain.fixtureText, read.privateKey.fixtureText)
  }

  private func flaw(_ certificate: String, _ key: String) -> RequestError? {
    #expect(throws: RequestError.self) { try read(certificate, key) }
  }

  @Test func `files that are right stay as they are`() throws {
    let read = try read(Self.certificate, TestKeys.rsa + "\n")
    #expect(read.chain == Self.certificate)
    #expect(read.key == TestKeys.rsa + "\n")
  }

  @Test func `every way of pasting the same files comes to the same`() throws {
    let oneLine = Self.certificate.replacing("\n", with: "\\n")
    let carriage = Self.certificate.replacing("\n", with: "\r\n")
    let blanks = Self.certificate.replacing("\n", with: " ")
    let commented = "subject=/CN=usher\n" + Self.certificate + "issuer=/CN=authority\n"
    let escapedTwice = Self.certificate.replacing("\n", with: "\\\\n")
    let withoutLabel = Self.certificate.replacing("-----END CERTIFICATE-----", with: "-----END")
    let wrapped = Self.encoded(Self.certificate)
    for text in [
      oneLine, carriage, blanks, commented, Self.body, "  \(Self.body)\n", "\"\(Self.body)\"",
      escapedTwice, withoutLabel, wrapped, Self.encoded(wrapped),
    ] {
      #expect(try read(text, TestKeys.rsa).chain == Self.certificate)
    }
    let bare = TestKeys.rsa.split(separator: "\n").dropFirst().dropLast().joined()
    for key in [
      bare, TestKeys.rsa.replacing("\n", with: "\\n"), Self.certificate + TestKeys.rsa, "'\(bare)'",
      TestKeys.rsa.replacing("\n", with: "\\\\n"), Self.encoded(TestKeys.rsa),
    ] {
      #expect(try read(Self.certificate, key).key == TestKeys.rsa + "\n")
    }
  }

  @Test func `a chain keeps its order, and a key beside it is left out`() throws {
    let second = Self.block("CERTIFICATE", "MAMwAQA=")
    let read = try read(TestKeys.rsa + "\n" + Self.certificate + second, TestKeys.rsa)
    #expect(read.chain == Self.certificate + second)
  }

  @Test func `a key gets the label that its content has`() throws {
    let traditional = TestKeys.rsaTraditional
    let body = traditional.split(separator: "\n").dropFirst().dropLast().joined()
    #expect(try read(Self.certificate, body).key == traditional + "\n")
    let mislabelled = Self.block("PRIVATE KEY", body)
    #expect(try read(Self.certificate, mislabelled).key == traditional + "\n")
    let curve = Self.block("EC PARAMETERS", "BggqhkjOPQMBBw==")
    let key = Self.block("EC PRIVATE KEY", "MAYCAQEEAQA=")
    #expect(try read(Self.certificate, curve + key).key == key)
  }

  @Test func `what is no certificate or no key is named, and not shown`() {
    #expect(flaw(TestKeys.rsa, TestKeys.rsa) == .badClientCertificate(.noCertificate))
    #expect(flaw("hello there", TestKeys.rsa) == .badClientCertificate(.damagedCertificate))
    let cut = String(Self.certificate.prefix(120))
    #expect(flaw(cut, TestKeys.rsa) == .badClientCertificate(.damagedCertificate))
    #expect(flaw(Self.certificate, Self.certificate) == .badClientCertificate(.noKey))
    #expect(flaw(Self.certificate, Self.body) == .badClientCertificate(.noKey))
    let half = String(TestKeys.rsa.prefix(300))
    #expect(flaw(Self.certificate, half) == .badClientCertificate(.damagedKey))
  }

  @Test(arguments: [
    block("ENCRYPTED PRIVATE KEY", "MAMCAQA="),
    "-----BEGIN RSA PRIVATE KEY-----\n4,ENCRYPTED\n\nMAMCAQA=\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMAMCAQA=\n-----END RSA PRIVATE KEY-----",
  ])
  func `a key with a passphrase is said to have one`(_ key: String) {
    #expect(flaw(Self.certificate, key) == .badClientCertificate(.encryptedKey))
  }
}
