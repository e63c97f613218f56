internal import TestSupport

/// Certificates for servers on loopback, made by the `openssl` tool when the first test asks, in a directory that goes
/// with the test run.
package struct LoopbackCertificates: ~Copyable {
  /// What is right or wrong with a server's certificate.
  package enum Kind: String, CaseIterable, Sendable {
    /// For localhost, 127.0.0.1, ::1 and everything below `provider.example`.
    case right
    /// Right in all but the name.
    case wrongName = "wrong-name"
    case expired
    /// From an authority that no test trusts.
    case stranger
  }

  /// The tool that makes them; tests that need it are skipped by name without it.
  package static let tool = Tool.path("openssl")

  private let directory = TemporaryDirectory()

  /// The authority that clients in tests trust.
  package var authority: String { directory.file("authority.pem") }

  package func certificate(_ kind: Kind) -> String { directory.file("\(kind.rawValue).pem") }
  package func key(_ kind: Kind) -> String { directory.file("\(kind.rawValue).key") }

  /// Takes about a tenth of a second.
  package init() {
    makeAuthority("authority")
    makeAuthority("other")
    for kind in Kind.allCases { makeServer(kind) }
  }

  private func makeAuthority(_ name: String) {
    run([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
      "2",
      "-subj", "/CN=Usher test authority \(name)", "-keyout", directory.file("\(name).key"),
      "-out", directory.file("\(name).pem"),
    ])
  }

  private func makeServer(_ kind: Kind) {
    let names =
      switch kind {
      case .right, .expired, .stranger:
        "DNS:localhost,DNS:provider.example,DNS:*.provider.example,IP:127.0.0.1,IP:::1"
      case .wrongName: "DNS:somebody-else.example"
      }
    let issuer = kind == .stranger ? "other" : "authority"
    let extensions = directory.file("\(kind.rawValue).ext")
    let request = directory.file("\(kind.rawValue).csr")
    TextFile.write("subjectAltName=\(names)\nextendedKeyUsage=serverAuth\n", to: extensions)
    run([
      "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-subj", "/CN=usher test server", "-keyout", key(kind), "-out", request,
    ])
    run([
      "x509", "-req", "-in", request, "-CA", directory.file("\(issuer).pem"),
      "-CAkey", directory.file("\(issuer).key"), "-CAcreateserial", "-extfile", extensions,
      "-days", kind == .expired ? "-1" : "2", "-out", certificate(kind),
    ])
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
