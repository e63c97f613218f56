internal import TestSupport

/// Certificates for servers on loopback and their clients, made by the `openssl` tool when the first test asks, in a directory that goes
/// with the test run.
package struct LoopbackCertificates: ~Copyable {
  /// What is right or wrong with a certificate.
  package enum Kind: String, CaseIterable, Sendable {
    /// For localhost, 127.0.0.1, ::1, everything below `provider.example`, and a host of AWS, whose name no entry can
    /// change.
    case right
    /// Right in all but the name.
    case wrongName = "wrong-name"
    case expired
    /// From an authority that no test trusts.
    case stranger
    /// With an RSA key of 1024 bits.
    case weakKey = "weak-key"
    /// Signed with SHA-1.
    case weakHash = "weak-hash"
    /// From an intermediate authority, whose certificate the server does not send.
    case orphan
    /// From the intermediate authority, whose certificate the server sends.
    case chained
    /// From an intermediate authority with an RSA key of 1024 bits, whose certificate the server sends.
    case weakChain = "weak-chain"
    /// A client's, which servers in tests accept.
    case client
    /// A client's from an authority that no server trusts.
    case strangeClient = "strange-client"
    case expiredClient = "expired-client"
    /// For the same hosts as the right one, and a client's too: a member of a cluster asks itself.
    case member

    fileprivate var isClient: Bool {
      switch self {
      case .right, .wrongName, .expired, .stranger, .weakKey, .weakHash, .orphan, .chained,
        .weakChain, .member:
        false
      case .client, .strangeClient, .expiredClient: true
      }
    }

    fileprivate var issuer: String {
      switch self {
      case .stranger, .strangeClient: "other"
      case .orphan, .chained: "between"
      case .weakChain: "weak-between"
      case .right, .wrongName, .expired, .client, .expiredClient, .weakKey, .weakHash, .member:
        "authority"
      }
    }

    fileprivate var days: String {
      switch self {
      case .expired, .expiredClient: "-1"
      case .right, .wrongName, .stranger, .client, .strangeClient, .weakKey, .weakHash, .orphan,
        .chained, .weakChain, .member:
        "2"
      }
    }

    fileprivate var names: String {
      switch self {
      case .right, .expired, .stranger, .weakKey, .weakHash, .orphan, .chained, .weakChain, .member:
        "DNS:localhost,DNS:provider.example,DNS:*.provider.example,"
          + "DNS:sts.eu-central-1.amazonaws.com,IP:127.0.0.1,IP:::1"
      case .wrongName: "DNS:somebody-else.example"
      case .client, .strangeClient, .expiredClient: "DNS:usher.example"
      }
    }
  }

  /// The tool that makes them; tests that need it are skipped by name without it.
  package static let tool = Tool.path("openssl")

  private let directory = TemporaryDirectory()

  /// The authority that clients in tests trust.
  package var authority: String { directory.file("authority.pem") }

  /// One that clients in tests do not trust, and that issues the certificates of strangers.
  package var otherAuthority: String { directory.file("other.pem") }

  package func certificate(_ kind: Kind) -> String { directory.file("\(kind.rawValue).pem") }
  package func key(_ kind: Kind) -> String { directory.file("\(kind.rawValue).key") }

  /// Takes about a tenth of a second.
  package init() {
    makeAuthority("authority")
    makeAuthority("other")
    makeIntermediate("between", ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"])
    makeIntermediate("weak-between", ["rsa:1024"])
    for kind in Kind.allCases { makeCertificate(kind) }
  }

  private func makeAuthority(_ name: String) {
    run([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
      "2",
      "-subj", "/CN=Usher test authority \(name)", "-keyout", directory.file("\(name).key"),
      "-out", directory.file("\(name).pem"),
    ])
  }

  /// An authority that the trusted one vouches for.
  private func makeIntermediate(_ name: String, _ newKey: [String]) {
    let (key, request) = (directory.file("\(name).key"), directory.file("\(name).csr"))
    let extensions = directory.file("\(name).ext")
    TextFile.write("basicConstraints=critical,CA:TRUE\n", to: extensions)
    run(
      ["req", "-new", "-newkey"] + newKey + [
        "-nodes", "-subj", "/CN=usher test \(name)", "-keyout", key, "-out", request,
      ])
    run([
      "x509", "-req", "-in", request, "-CA", authority, "-CAkey", directory.file("authority.key"),
      "-CAcreateserial", "-extfile", extensions, "-days", "2", "-out",
      directory.file("\(name).pem"),
    ])
  }

  private func makeCertificate(_ kind: Kind) {
    let purpose =
      kind == .member ? "serverAuth,clientAuth" : kind.isClient ? "clientAuth" : "serverAuth"
    let extensions = directory.file("\(kind.rawValue).ext")
    let request = directory.file("\(kind.rawValue).csr")
    TextFile.write(
      "subjectAltName=\(kind.names)\nextendedKeyUsage=\(purpose)\n", to: extensions)
    let newKey =
      kind == .weakKey ? ["rsa:1024"] : ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    run(
      ["req", "-new", "-newkey"] + newKey + [
        "-nodes", "-subj", "/CN=usher test \(kind.rawValue)", "-keyout", key(kind), "-out", request,
      ])
    run([
      "x509", "-req", "-in", request, "-CA", directory.file("\(kind.issuer).pem"),
      "-CAkey", directory.file("\(kind.issuer).key"), "-CAcreateserial", "-extfile", extensions,
      "-days", kind.days, kind == .weakHash ? "-sha1" : "-sha256", "-out", certificate(kind),
    ])
    guard kind == .chained || kind == .weakChain else { return }
    let chain = [certificate(kind), directory.file("\(kind.issuer).pem")]
    TextFile.write(chain.flatMap { TextFile.read($0) ?? [] }, to: certificate(kind))
  }

  private func run(_ arguments: [String]) {
    guard let tool = Self.tool else { preconditionFailure("openssl is missing") }
    let result = ChildProcess.run(tool, arguments)
    precondition(result.status == 0, "openssl \(arguments[0]) failed: \(result.errorText)")
  }
}

extension LoopbackCertificates {
  private final class Shared: Sendable {
    let certificates = LoopbackCertificates()
  }

  private static let shared = Shared()

  /// One set for the whole test run.
  package static func withShared<Result>(_ body: (borrowing LoopbackCertificates) -> Result)
    -> Result
  {
    body(shared.certificates)
  }

  /// The authority that clients in tests trust, as a file.
  package static var trusted: String { withShared { $0.authority } }
}
