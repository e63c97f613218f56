import Basics
import ProviderFormat
import Requests
import Testing

/// What is worked out of an entry and the inputs of a flow, where samples of real providers do not tell.
@Suite struct Flows {
  private static func flow(_ entry: String, _ given: String = "{}") throws -> Value {
    let provider = Fixture.provider(entry)
    let json = try ProviderFlow(provider, given: try Value(json: given)).json()
    return try Value(json: json.fixtureText)
  }

  // MARK: Requests of an account

  private static func request(_ entry: String, _ inputs: String = "{}") throws -> Value? {
    try flow(entry, #"{"inputs":\#(inputs)}"#)["request"]
  }

  @Test func `a header with something that nobody gave is left out, and the request stays`() throws
  {
    let request = try Self.request(
      """
      {"auth_mode":"OAUTH2","proxy":{"base_url":"https://a.example",
       "headers":{"x-gone":"${nowhere}","x-app":"${clientId}"}}}
      """, #"{"access_token":"t","client_id":"app"}"#)
    #expect(request?["headers"]?.json == #"{"authorization":"Bearer t","x-app":"app"}"#)
  }

  @Test func `the base address is the proxy's, not the check's`() throws {
    let request = try Self.request(
      """
      {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example/v1/",
       "verification":{"endpoints":["/me"],"base_url_override":"https://b.example"}}}
      """)
    #expect(request?["url"]?.text == "https://a.example/v1/some/path?x=1")
  }

  @Test(arguments: [
    (#""connection_config":{"t":"typed"},"found":{"t":"found"}"#, "typed"),
    (#""connection_config":{"t":""},"found":{"t":"found"}"#, "found"),
    (#""connection_config":{},"found":{"t":"found"}"#, "found"),
  ])
  func `what was typed wins over what was found, unless it is nothing`(
    inputs: String, host: String
  ) throws {
    let request = try Self.request(
      #"{"auth_mode":"NONE","proxy":{"base_url":"https://${connectionConfig.t}.example"}}"#,
      "{\(inputs)}")
    #expect(request?["url"]?.text == "https://\(host).example/some/path?x=1")
  }

  @Test func `a setting is found by its bare name in an address, and by one with a dot`() throws {
    let entry = #"""
      {"auth_mode":"NONE","proxy":{"base_url":"https://${t}.example/${connectionConfig.a.b}"}}
      """#
    let request = try Self.request(entry, #"{"connection_config":{"t":"x"},"found":{"a.b":"y"}}"#)
    #expect(request?["url"]?.text == "https://x.example/y/some/path?x=1")
  }

  @Test func `a request of a plugin carries its identifier and its key`() throws {
    let request = try Self.request(
      #"{"auth_mode":"INSTALL_PLUGIN","proxy":{"base_url":"https://a.example"}}"#,
      #"{"credentials":{"username":"id","password":"key"}}"#)
    #expect(request?["headers"]?.json == #"{"authorization":"Basic aWQ6a2V5"}"#)
  }

  @Test func `a request for AWS is signed by what was given out for the role, over its host too`()
    throws
  {
    let request = try Self.request(
      #"{"auth_mode":"AWS_SIGV4","proxy":{"base_url":"https://a.example"}}"#,
      """
      {"now":"2026-11-28T12:00:00.000Z","credentials":{"access_key_id":"K",
       "secret_access_key":"sample","session_token":"T","region":"eu-west-1","service":"x"}}
      """)
    let headers = request?["headers"]
    #expect(headers?["host"]?.text == "a.example")
    #expect(headers?["x-amz-security-token"]?.text == "T")
    #expect(
      headers?["authorization"]?.text?.hasPrefix(
        "AWS4-HMAC-SHA256 Credential=K/20261128/eu-west-1/x/aws4_request, "
          + "SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=") == true)
  }

  @Test func `a request of OAuth 1 is signed by the method that the entry names`() throws {
    let request = try Self.request(
      """
      {"auth_mode":"OAUTH1","signature_method":"PLAINTEXT",
       "proxy":{"base_url":"https://a.example"}}
      """,
      """
      {"now":"2026-11-28T12:00:00.000Z","client_id":"c","client_secret":"s","oauth_nonce":"n",
       "credentials":{"oauth_token":"t","oauth_token_secret":"u"}}
      """)
    #expect(
      request?["headers"]?["authorization"]?.text
        == #"OAuth oauth_consumer_key="c", oauth_nonce="n", oauth_signature="s%26u", "#
        + #"oauth_signature_method="PLAINTEXT", oauth_timestamp="1795867200", oauth_token="t", "#
        + #"oauth_version="1.0""#)
  }

  @Test func `compression is told where the entry asks for it`() throws {
    let request = try Self.request(
      #"{"auth_mode":"NONE","proxy":{"base_url":"https://a.example","decompress":true}}"#)
    #expect(request?["decompress"] == .bool(true))
  }

  @Test(arguments: [
    #"{"auth_mode":"NONE"}"#,
    #"{"auth_mode":"NONE","proxy":{"base_url":"https://${connectionConfig.gone}.example"}}"#,
    #"{"auth_mode":"OAUTH1","signature_method":"RSA-SHA1","proxy":{"base_url":"https://a.example"}}"#,
    #"{"auth_mode":"OAUTH1","signature_method":"PLAINTEXT","proxy":{"base_url":"https://a.example"}}"#,
  ])
  func `a request that cannot be worked out is left out`(entry: String) throws {
    let flow = try Self.flow(entry)
    #expect(flow.map?.members.map(\.key) == ["auth_mode"])
  }

  // MARK: Tokens

  @Test func `a renewal sends its own parameters, and none of those that got the first token`()
    throws
  {
    let flow = try Self.flow(
      """
      {"auth_mode":"TWO_STEP","token_url":"https://a.example/login","refresh_url":"https://a.example/again",
       "token_params":{"user":"${credentials.user}"},"token_headers":{"x-first":"1"},
       "refresh_token_headers":{"authorization":"Bearer ${refresh_token}"},
       "token_response":{"token":"t"}}
      """, #"{"inputs":{"credentials":{"user":"ann"},"refresh_token":"again+"}}"#)
    #expect(flow["token"]?["body"]?.json == #"{"user":"ann"}"#)
    let refresh = flow["refresh"]
    #expect(refresh?["url"]?.text == "https://a.example/again")
    #expect(refresh?["headers"]?.json == #"{"authorization":"Bearer again+"}"#)
    #expect(refresh?["body"]?.json == "{}")
  }

  @Test func `a token is got by the mode's own request, whatever check the entry declares`() throws
  {
    let flow = try Self.flow(
      """
      {"auth_mode":"OAUTH2_CC","token_url":"https://a.example/token",
       "usher":{"check":[{"url":"https://a.example/me"}]}}
      """, #"{"inputs":{"credentials":{"client_id":"i","client_secret":"s"}}}"#)
    #expect(flow["token"]?["url"]?.text == "https://a.example/token")
    #expect(flow["token"]?["body_format"]?.text == "form")
    #expect(flow["refresh"] == nil)
  }

  @Test func `a token's request is told without the certificate that goes with it`() throws {
    let flow = try Self.flow(
      """
      {"auth_mode":"OAUTH2_CC","token_url":"https://a.example/token","body_format":"query",
       "require_client_certificate":true}
      """,
      """
      {"inputs":{"credentials":{"client_id":"i","client_secret":"s","client_certificate":"none",
       "client_private_key":"none"}}}
      """)
    #expect(
      flow["token"]?["url"]?.text == "https://a.example/token?client_id=i&client_secret=s")
    #expect(flow["token"]?["body_format"]?.text == "query")
  }

  @Test func `what only the token's answer tells is not known before it`() throws {
    let entry = """
      {"auth_mode":"OAUTH2_CC","token_url":"https://${connectionConfig.found}.example/token",
       "token_response_metadata":["found"],
       "proxy":{"base_url":"https://${connectionConfig.found}.example"}}
      """
    let flow = try Self.flow(
      entry,
      #"{"inputs":{"credentials":{"client_id":"i","client_secret":"s"},"found":{"found":"x"}}}"#)
    #expect(flow["token"] == nil)
    #expect(flow["request"] != nil)
  }

  @Test func `a step is worked out also where the request before it cannot be`() throws {
    let flow = try Self.flow(
      """
      {"auth_mode":"TWO_STEP","token_url":"https://a.example","signature":{"protocol":"RSA"},
       "additional_steps":[{"token_url":"https://a.example/${step1.a.b}"},
        {"token_url":"https://a.example/${step1.a.b}/${step2.gone}"}],
       "token_response":{"token":"t"}}
      """, #"{"steps":[{"answer_before":{"a":{"b":7}}},{"answer_before":{}}]}"#)
    #expect(flow["token"] == nil)
    #expect(flow["steps"]?.list?.first?["request"]?["url"]?.text == "https://a.example/7")
    #expect(flow["steps"]?.list?.last?.json == "{}")
  }

  @Test func `a signed token is told as what it says, with the key of an HMAC`() throws {
    let flow = try Self.flow(
      """
      {"auth_mode":"JWT","token":{"signing_key":"${credentials.key}","expires_in_ms":60000,
       "header":{"alg":"HS256"},"payload":{"iss":"${credentials.who}"}},
       "signature":{"protocol":"HMAC","hmac_secret_encoding":"utf8"}}
      """,
      #"{"inputs":{"now":"2026-11-28T12:00:00.000Z","credentials":{"key":"ab","who":"me"}}}"#)
    #expect(
      flow["token"]?.json
        == #"{"hmac_sha256_key_hex":"6162","jwt_claims":{"iss":"me","iat":1795867200,"exp":1795867260},"jwt_header":{"alg":"HS256"}}"#
    )
  }

  // MARK: Variants

  @Test func `a variant is the same flow with other inputs`() throws {
    let flow = try Self.flow(
      """
      {"auth_mode":"NONE","proxy":{"base_url":"https://${connectionConfig.t}.example",
       "paginate":{"type":"cursor","cursor_path_in_response":"next","cursor_name_in_request":"c"}}}
      """,
      """
      {"inputs":{"connection_config":{"t":"a"}},"next_page":{"answer":{"body":{"next":7}}},
       "variants":{"other":{"inputs":{"connection_config":{"t":"b"}}}}}
      """)
    let other = flow["variants"]?["other"]
    #expect(other?["request"]?["url"]?.text == "https://b.example/some/path?x=1")
    #expect(other?["next_page"]?["request"]?["url"]?.text == "https://b.example/some/path?x=1&c=7")
  }
}
