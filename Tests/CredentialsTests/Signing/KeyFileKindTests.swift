import Basics
import Secrets
import Signing
import TestSupport
import Testing

/// Key files as the programs that people have make them.
@Suite("Kinds of key files")
struct KeyFileKinds {
  private static func kinds(_ text: String) -> [KeyFileKind] {
    SecretBuffer(fixture: text).withBytes { KeyFileKind.all(in: $0) }
  }

  @Test(
    arguments: [
      (TestKeys.rsa, [.privateKey(.pkcs8, .rsa)]),
      (TestKeys.rsaTraditional, [.privateKey(.traditional, .rsa)]),
      (TestKeys.rsa.replacing("\n", with: "\\n"), [.privateKey(.pkcs8, .rsa)]),
      (TestKeys.rsaPublic + "\n" + TestKeys.rsa, [.publicKey, .privateKey(.pkcs8, .rsa)]),
      (StandardKeys.ellipticSEC1, [.privateKey(.traditional, .p256)]),
      (TestKeys.ed25519, [.privateKey(.pkcs8, .ed25519)]),
      (StandardKeys.encrypted, [.encryptedKey(.pkcs8)]),
      (StandardKeys.encryptedTraditional, [.encryptedKey(.traditional)]),
      (StandardKeys.hmac, [.webKey(WebKeyFacts(isPrivate: true, kind: .shared, hasGoodID: true))]),
      (#"{"keys":[{},{}]}"#, [.webKeySet(2)]), (#"{"a":1}"#, []), ("{", []), ("", []), ("abc", []),
      ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA me", [.sshPublicKey]),
      ("PuTTY-User-Key-File-2: ecdsa-sha2-nistp256\nEncryption: none", [.putty(.p256)]),
      ("-----BEGIN PGP PUBLIC KEY BLOCK-----\nx\n-----END PGP PUBLIC KEY BLOCK-----", [.pgp]),
      ("-----BEGIN DH PARAMETERS-----\nMAYCAQ==\n-----END DH PARAMETERS-----", [.parameters]),
    ] as [(String, [KeyFileKind])])
  func `each is told by its content`(_ text: String, _ kinds: [KeyFileKind]) {
    #expect(Self.kinds(text) == kinds)
  }

  @Test func `what was cut off is told by where it was`() {
    let lines = TestKeys.rsa.split(separator: "\n").map(String.init)
    let label = "PRIVATE KEY"
    let cases: [([String], KeyFileKind.Damage)] = [
      (Array(lines.dropLast()), .marks(.noEnd, isWhole: true)),
      (Array(lines.dropLast(4)), .marks(.noEnd, isWhole: false)),
      (Array(lines.dropFirst()), .marks(.noBegin, isWhole: true)),
      (Array(lines.dropFirst(3)), .marks(.noBegin, isWhole: false)),
      (Array(lines.prefix(3) + lines.suffix(2)), .cut),
      (Array(lines.prefix(3) + ["no key!"] + lines.suffix(2)), .notBase64),
      (["-" + lines[0].drop { $0 == "-" }] + lines.dropFirst(), .marks(.broken, isWhole: true)),
    ]
    for (lines, damage) in cases {
      #expect(
        Self.kinds(lines.joined(separator: "\n")) == [.damaged(label: label, damage)], "\(damage)")
    }
  }

  @Test func `no bytes can crash the reader`() {
    var random = SeededRandom(seed: 11)
    let pieces = [
      "-----BEGIN ", "PRIVATE KEY", "-----", "-----END ", "BEGIN ", "END ", "\n", "\\n", "MII", "{",
      "\"kty\"", ":", "\"RSA\"", "}", "openssh-key-v1\u{0}", "b3BlbnNzaC1rZXktdjEAAAAA", "\u{0}",
      "é", "OPENSSH PRIVATE KEY", "/u3+7Q", "MAYCAQACAQA=", "CERTIFICATE", "=", "ssh-rsa AAAA",
    ]
    for _ in 0..<4000 {
      let text = (0..<random.below(16)).map { _ in pieces[random.below(pieces.count)] }.joined()
      for file in Self.kinds(text) { _ = file.holdsSecret }
    }
  }
}

/// The programs themselves: what they write is told, and the commands that findings name make the right thing of it.
@Suite("Key files of other programs", .enabled(if: Tool.path("openssl") != nil, "needs openssl"))
struct ForeignKeyFileTests {
  private static func shell(_ command: String) -> String {
    let environment = ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/nonexistent"]
    return ChildProcess.run("/bin/sh", ["-c", command], environment: environment).text
  }

  private static func kinds(_ command: String) -> [KeyFileKind] {
    SecretBuffer(fixture: shell(command)).withBytes { KeyFileKind.all(in: $0) }
  }

  private static let rsa =
    "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 2>/dev/null"

  @Test func `certificates and requests are told apart, and so are their bundles`() {
    let directory = TemporaryDirectory()
    let make = """
      cd \(directory.path) && \(Self.rsa) >key.pem && openssl req -new -key key.pem -subj /CN=a -out csr.pem &&
      openssl req -new -x509 -key key.pem -subj /CN=a -out cert.pem &&
      openssl pkcs12 -export -in cert.pem -inkey key.pem -passout pass:x -out a.p12 &&
      openssl crl2pkcs7 -nocrl -certfile cert.pem -out a.p7b
      """
    _ = Self.shell(make)
    let at = "cd \(directory.path) && "
    #expect(Self.kinds(at + "cat csr.pem") == [.certificateRequest])
    #expect(Self.kinds(at + "cat cert.pem") == [.certificate])
    #expect(Self.kinds(at + "cat a.p7b") == [.pkcs7])
    #expect(Self.kinds(at + "base64 a.p12") == [.pkcs12])
    #expect(
      Self.kinds(at + "openssl pkcs12 -in a.p12 -passin pass:x -nodes -nocerts")
        == [.privateKey(.pkcs8, .rsa)])
    #expect(
      Self.kinds(at + "openssl pkcs12 -in a.p12 -passin pass:x -nodes -nokeys") == [.certificate])
    #expect(Self.kinds(at + "openssl pkcs7 -in a.p7b -print_certs") == [.certificate])
    #expect(Self.kinds(at + "openssl pkey -in key.pem -pubout") == [.publicKey])
    #expect(Self.kinds(at + "openssl x509 -in cert.pem -pubkey -noout") == [.publicKey])
    #expect(
      Self.kinds(at + "openssl pkey -in key.pem -traditional") == [.privateKey(.traditional, .rsa)])
  }

  @Test func `protected keys and those of other algorithms are told`() {
    #expect(Self.kinds(Self.rsa + " -aes256 -pass pass:x") == [.encryptedKey(.pkcs8)])
    #expect(
      Self.kinds(Self.rsa + " -aes256 -pass pass:x | openssl pkey -passin pass:x")
        == [.privateKey(.pkcs8, .rsa)])
    let pss = "openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 2>/dev/null"
    #expect(Self.kinds(pss) == [.privateKey(.pkcs8, .rsaPSS)])
    #expect(Self.kinds("openssl genpkey -algorithm x25519") == [.privateKey(.pkcs8, nil)])
    #expect(
      Self.kinds("openssl ecparam -name prime256v1 -genkey")
        == [.parameters, .privateKey(.traditional, .p256)])
    for kind in [KeyKind.p256, .p384, .p521, .ed25519, .rsa] {
      let command = kind.command.map { $0.replacing(" -out key.pem", with: " 2>/dev/null") }
      #expect(Self.kinds(command ?? "") == [.privateKey(.pkcs8, kind)])
    }
  }

  @Test(.enabled(if: Tool.path("ssh-keygen") != nil, "needs ssh-keygen"))
  func `keys of OpenSSH are told, and rewritten as the finding says`() {
    let directory = TemporaryDirectory()
    let at = "cd \(directory.path) && "
    for (type, kind) in [("rsa", KeyKind.rsa), ("ecdsa", .p256), ("ed25519", .ed25519)] {
      _ = Self.shell(at + "ssh-keygen -q -t \(type) -N secret -f \(type)")
      #expect(Self.kinds(at + "cat \(type)") == [.openSSH(kind, isEncrypted: true)])
      #expect(Self.kinds(at + "cat \(type).pub") == [.sshPublicKey])
      _ = Self.shell(at + "ssh-keygen -q -p -P secret -N '' -m PKCS8 -f \(type)")
      let rewritten = Self.kinds(at + "cat \(type)")
      #expect(
        rewritten
          == [kind == .ed25519 ? .openSSH(kind, isEncrypted: false) : .privateKey(.pkcs8, kind)])
    }
  }
}
