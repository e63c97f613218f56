import LoopbackSupport
import Requests
import Testing

/// Providers that give a token for something signed, and verify it with an implementation of their own. Each is played
/// with the right key and with one that the provider does not know.
@Suite(.needsOpenSSL, .needsPython, .timeLimit(.minutes(1))) struct AssertionFlowTests {
  private static let keys = ProviderKeys.shared

  /// - Parameters:
  ///   - key: the field that takes the private key.
  ///   - check: the provider's check of the parameter `assertion`.
  private static func pair(
    _ name: String, _ members: String, key: String, _ right: ProviderKeys.Pair,
    wrong: ProviderKeys.Pair, check: String
  ) -> [Flow] {
    [(name, right, Diagnosis.Kind.accepted), ("\(name), with a wrong key", wrong, .refused)].map {
      (name, pair, kind) in
      Flow(
        name: name,
        entry: #"""
          {"display_name":"Acme","auth_mode":"TWO_STEP","body_format":"form","token_url":"SERVER/token",
           "token_response":{"token":"access_token","token_expiration":"expires_in",
            "token_expiration_strategy":"expireIn"},\#(members)}
          """#,
        values: [
          key: pair.private, "credentials.user": "ann & <co>", "params.tenant": "north",
        ],
        routes: #"""
          [{"method":"POST","path":"/token",
            "auth":[{"kind":"content_type","value":"application/x-www-form-urlencoded"},
             {"parameter":"assertion",\#(check)}],
            "refusal":{"status":400,"json":{"error":"invalid_grant"}},
            "answer":{"json":{"access_token":"t","expires_in":60}}}]
          """#,
        kind: kind, life: kind == .accepted ? 60 : nil,
        requests: ["POST /token \(kind == .accepted ? 200 : 400)"])
    }
  }

  private static let type = #""token_headers":{"content-type":"application/x-www-form-urlencoded"}"#

  private static let signedToken = pair(
    "a signed token",
    #"""
    \#(type),"token_params":{"grant_type":"jwt-bearer","assertion":"${token}"},
    "signature":{"protocol":"RSA"},
    "token":{"signing_key":"${credentials.privateKey}","expires_in_ms":3600000,
     "header":{"alg":"RS256","typ":"JWT"},
     "payload":{"iss":"${credentials.user}","aud":"SERVER/token"}}
    """#,
    key: "credentials.privateKey", keys.rsa, wrong: keys.otherRSA,
    check: #"""
      "kind":"parameter_jwt","algorithm":"RS256","key":\#(Flow.json(keys.rsa.public)),
      "claims":{"iss":"ann & <co>","aud":"SERVER/token"},"present":["iat","exp"]
      """#)

  private static func assertion(
    _ algorithm: String, _ right: ProviderKeys.Pair, wrong: ProviderKeys.Pair
  ) -> [Flow] {
    pair(
      "an assertion by \(algorithm)",
      #"""
      \#(type),"token_params":{"assertion":"${credentials.assertion}"},
      "assertion":{"type":"jwt","key":"${assertionOption.key}","lifetimeInSeconds":300,
       "header":{"alg":"\#(algorithm)","typ":"JWT"},
       "payload":{"iss":"${credentials.user}","tenant":"${connectionConfig.tenant}"}}
      """#,
      key: "assertion_option.key", right, wrong: wrong,
      check: #"""
        "kind":"parameter_jwt","algorithm":"\#(algorithm)",
        "key":\#(Flow.json(right.public)),
        "claims":{"iss":"ann & <co>","tenant":"north"},"present":["iat","exp"]
        """#)
  }

  private static let saml = pair(
    "a SAML assertion",
    #"""
    \#(type),"token_params":{"assertion":"${credentials.assertion}"},
    "assertion":{"type":"saml","key":"${assertionOption.key}","issuer":"issuer.example",
     "lifetimeInSeconds":"600","audiences":"audience.example","sessionIndex":"${random}",
     "attributes":{"tenant":"${connectionConfig.tenant}","use_email":false},
     "nameIdentifier":"${credentials.user}","recipient":"SERVER/token"}
    """#,
    key: "assertion_option.key", keys.rsa, wrong: keys.otherRSA,
    check: #"""
      "kind":"saml_bearer","key":\#(Flow.json(keys.rsa.public)),
      "issuer":"issuer.example","subject":"ann & <co>","recipient":"SERVER/token",
      "audience":"audience.example","attributes":{"tenant":"north","use_email":"false"}
      """#)

  private static let flows =
    signedToken + assertion("RS256", keys.rsa, wrong: keys.otherRSA)
    + assertion("ES256", keys.ec, wrong: keys.otherEC)
    + assertion("PS256", keys.rsa, wrong: keys.otherRSA) + saml

  private static let stage = FlowStage(flows)

  @Test(arguments: flows)
  func `a token is given for what the right key signed, and for nothing else`(
    _ flow: Flow
  ) async throws {
    try await Self.stage.play(flow)
  }
}
