import LoopbackSupport
import Requests
import TestSupport
import Testing

/// Clients of OAuth that show a certificate, to a provider that lets nobody else in.
@Suite(.needsOpenSSL, .needsPython, .timeLimit(.minutes(1))) struct ClientCertificateFlowTests {
  private static func flow(
    _ name: String, _ certificate: LoopbackCertificates.Kind?, asOneLine: Bool = false,
    kind: Diagnosis.Kind = .accepted, cause: Diagnosis.Cause? = nil
  ) -> Flow {
    var values = [
      "credentials.client_id": "client", "credentials.client_secret": "secret-EXAMPLE",
    ]
    if let certificate {
      let (chain, key) = LoopbackCertificates.withShared {
        ($0.certificate(certificate), $0.key(certificate))
      }
      for (field, path) in [("client_certificate", chain), ("client_private_key", key)] {
        let text = String(decoding: TextFile.read(path) ?? [], as: UTF8.self)
        values["credentials.\(field)"] = asOneLine ? text.replacing("\n", with: #"\n"#) : text
      }
    }
    let isAccepted = kind == .accepted
    return Flow(
      name: name,
      entry: #"""
        {"display_name":"Acme","auth_mode":"OAUTH2_CC","token_url":"SERVER/token",
         "require_client_certificate":\#(certificate != nil)}
        """#,
      values: values,
      routes: #"""
        [{"method":"POST","path":"/token",
          "expect":{"form":{"client_id":"client","client_secret":"secret-EXAMPLE"}},
          "answer":{"json":{"access_token":"t","expires_in":60}}}]
        """#,
      kind: kind, cause: cause, life: isAccepted ? 60 : nil,
      requests: isAccepted ? ["POST /token 200"] : [])
  }

  private static let flows = [
    flow("the right one", .client),
    flow("the right one, its lines written as one", .client, asOneLine: true),
    flow("one of a stranger", .strangeClient, kind: .unreachable, cause: .clientCertificate),
    flow("none", nil, kind: .unreachable, cause: .clientCertificate),
  ]

  private static let stage = FlowStage(flows, demandsCertificate: true)

  @Test(arguments: flows)
  func `only with the right certificate is anything sent`(_ flow: Flow) async throws {
    try await Self.stage.play(flow)
  }
}
