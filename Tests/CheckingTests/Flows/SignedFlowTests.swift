import LoopbackSupport
import Requests
import Testing

/// Requests that are signed, against a provider that verifies the signatures with an implementation of its own. Each is
/// played with the right key and with one that the provider does not know.
@Suite(.needsOpenSSL, .needsPython, .timeLimit(.minutes(1))) struct SignedFlowTests {
  private static let keys = ProviderKeys.shared

  /// A flow, and the same one with other values, which the provider refuses.
  private static func pair(
    _ name: String, entry: String, values: [String: String], wrong: [String: String],
    request: String, demanding demands: String, answer: String = "{}", life: Int64? = nil
  ) -> [Flow] {
    let words = request.split(separator: " ")
    let routes =
      #"[{"method":"\#(words[0])","path":"\#(words[1])",\#(demands),"answer":\#(answer)}]"#
    return [
      Flow(
        name: name, entry: "{\"display_name\":\"Acme\",\(entry)}", values: values, routes: routes,
        life: life, requests: ["\(request) 200"]),
      Flow(
        name: "\(name), with a wrong key", entry: "{\"display_name\":\"Acme\",\(entry)}",
        values: values.merging(wrong) { $1 }, routes: routes, kind: .refused,
        requests: ["\(request) 401"]),
    ]
  }

  private static let usernameTokens = pair(
    "a user name token",
    entry: #"""
      "auth_mode":"SIGNATURE","signature":{"protocol":"WSSE"},
      "proxy":{"base_url":"SERVER","headers":{"x-wsse":"${accessToken}"},
       "verification":{"endpoints":["/me"]}}
      """#,
    values: ["credentials.username": "jane", "credentials.password": "pässword-EXAMPLE"],
    wrong: ["credentials.password": "another-EXAMPLE"], request: "GET /me",
    demanding: #""auth":[{"kind":"wsse","username":"jane","password":"pässword-EXAMPLE"}]"#)

  private static let oauthOne = pair(
    "OAuth 1.0a over a query that sorts otherwise than it stands",
    entry: #"""
      "auth_mode":"TBA","proxy":{"base_url":"SERVER",
       "verification":{"endpoints":["/rest?b=2&a=x%20y&a=%2B&c="]}}
      """#,
    values: [
      "credentials.oauth_client_id_override": "client&1",
      "credentials.oauth_client_secret_override": "client+secret",
      "credentials.token_id": "token 1", "credentials.token_secret": "token/secret",
      "params.accountId": "123-sb1-x",
    ],
    wrong: ["credentials.token_secret": "another"], request: "GET /rest",
    demanding: #"""
      "auth":[{"kind":"oauth1","consumer_key":"client&1","consumer_secret":"client+secret",
       "token":"token 1","token_secret":"token/secret","realm":"123_SB1-X"}]
      """#)

  /// A token of the mode JWT, sent to `/me`.
  private static func webToken(
    _ name: String, _ token: String, word: String = "Bearer", values: [String: String],
    wrong: [String: String], demanding demands: String
  ) -> [Flow] {
    pair(
      name,
      entry: #"""
        "auth_mode":"JWT","token":{"expires_in_ms":300000,\#(token)},
        "proxy":{"base_url":"SERVER","headers":{"authorization":"\#(word) ${accessToken}"},
         "verification":{"endpoints":["/me"]}}
        """#,
      values: values, wrong: wrong, request: "GET /me",
      demanding:
        #""auth":[{"kind":"bearer_jwt","prefix":"\#(word) ","present":["iat","exp"],\#(demands)}]"#)
  }

  private static let webTokens =
    webToken(
      "a token signed with RSA, which names its key by a fingerprint",
      #"""
      "signing_key":"${credentials.privateKey}","header":{"alg":"RS256","typ":"JWT"},
      "payload":{"iss":"${credentials.user}.${fingerprint(${credentials.privateKey})}","x":"${none}"}
      """#,
      values: ["credentials.user": "ann", "credentials.privateKey": keys.rsa.private],
      wrong: ["credentials.privateKey": keys.otherRSA.private],
      demanding: #"""
        "algorithm":"RS256","key":\#(Flow.json(keys.rsa.public)),
        "claims":{"iss":"ann.SHA256:\#(keys.rsa.fingerprint)","x":null}
        """#)
    + webToken(
      "a token signed on a curve",
      #"""
      "signing_key":"${privateKey}","header":{"alg":"ES256","kid":"${keyId}"},
      "payload":{"iss":"${issuer}","aud":"acme"}
      """#,
      values: [
        "credentials.issuer": "ann", "credentials.keyId": "k1",
        "credentials.privateKey": keys.ec.private,
      ],
      wrong: ["credentials.privateKey": keys.otherEC.private],
      demanding: #"""
        "algorithm":"ES256","key":\#(Flow.json(keys.ec.public)),"header_claims":{"kid":"k1"},
        "claims":{"iss":"ann","aud":"acme"}
        """#)
    + webToken(
      "a token signed with half of a pair, in hexadecimal",
      #"""
      "signing_key":"${credentials.privateKey.secret}",
      "header":{"alg":"HS256","kid":"${credentials.privateKey.id}"},"payload":{"aud":"/admin/"}
      """#,
      word: "Ghost",
      values: ["credentials.privateKey": "key1:00112233445566778899aabbccddeeff"],
      wrong: ["credentials.privateKey": "key1:ff112233445566778899aabbccddeeff"],
      demanding: #"""
        "algorithm":"HS256","key":"hex:00112233445566778899aabbccddeeff",
        "header_claims":{"kid":"key1"},"claims":{"aud":"/admin/"}
        """#)
    + webToken(
      "a token signed with two values and bars between",
      #"""
      "signing_key":"${credentials.id}||${credentials.key}","hmac_secret_encoding":"utf8",
      "header":{"alg":"HS256"},"payload":{"sub":"${credentials.id}"}
      """#,
      values: ["credentials.id": "id-1", "credentials.key": "kéy-EXAMPLE"],
      wrong: ["credentials.key": "key-EXAMPLE"],
      demanding: #""algorithm":"HS256","key":"id-1||kéy-EXAMPLE","claims":{"sub":"id-1"}"#)

  private static let clientAssertions = pair(
    "a client that signs instead of having a secret",
    entry: #"""
      "auth_mode":"OAUTH2_CC","token_url":"SERVER/token",
      "token_request_auth_method":"private_key_jwt","token_params":{"grant_type":"client_credentials"}
      """#,
    values: [
      "credentials.client_id": "client", "credentials.client_private_key": keys.rsa.jwk ?? "",
    ],
    wrong: ["credentials.client_private_key": keys.otherRSA.jwk ?? ""], request: "POST /token",
    demanding: #"""
      "auth":[{"kind":"parameter_jwt","algorithm":"RS256","key":\#(Flow.json(keys.rsa.public)),
        "header_claims":{"kid":"rsa"},"present":["iat","exp","jti"],
        "claims":{"iss":"client","sub":"client","aud":"SERVER/token"}},
       {"kind":"parameters","absent":["client_secret"],"equal":{"grant_type":"client_credentials",
        "client_assertion_type":"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}}]
      """#,
    answer: #"{"json":{"access_token":"t","expires_in":60}}"#, life: 60)

  private static let flows = usernameTokens + oauthOne + webTokens + clientAssertions
  private static let stage = FlowStage(flows)

  @Test(arguments: flows)
  func `the provider takes a signature of the right key, and no other`(_ flow: Flow) async throws {
    try await Self.stage.play(flow)
  }
}
