import Requests
import Testing

/// The address that a browser is sent to.
@Suite struct AuthorizationAddresses {
  private static let start =
    "https://a.example/auth?response_type=code&client_id=app&redirect_uri=http%3A%2F%2F127.0.0.1%3A8976%2Fcallback"
  private static let proof = "&code_challenge=CHALLENGE&code_challenge_method=S256"

  private static func entry(_ members: String, mode: String = "OAUTH2") -> String {
    #"{"display_name":"Acme","auth_mode":"\#(mode)","authorization_url":"https://a.example/auth","#
      + #""token_url":"https://a.example/token"\#(members.isEmpty ? "" : ",")\#(members)}"#
  }

  @Test(arguments: [
    ("", "&scope=read+a%7Eb&state=STATE", true),
    (#""scope_separator":",""#, "&scope=read%2Ca%7Eb&state=STATE", true),
    (#""scope_separator":"+""#, "&scope=read%2Ba%7Eb&state=STATE", true),
    (#""disable_pkce":true"#, "&scope=read+a%7Eb&state=STATE", false),
    (
      #""authorization_params":{"force":false,"max":7,"prompt":"a b"}"#,
      "&scope=read+a%7Eb&state=STATE&force=false&max=7&prompt=a+b", true
    ),
    (#""authorization_params":{"scope":"*"}"#, "&scope=*&state=STATE", true),
  ])
  func `parameters are written as a form, the protocol's first and the entry's behind them`(
    members: String, rest: String, hasProof: Bool
  ) {
    let flow = FlowUnderTest(Self.entry(members), scopes: ["read", "a~b"])
    #expect(flow.address == Self.start + rest + (hasProof ? Self.proof : ""))
  }

  @Test func `a parameter of the entry takes the place of one of the protocol's`() {
    let flow = FlowUnderTest(
      Self.entry(#""disable_pkce":true,"authorization_params":{"response_type":"code id_token"}"#))
    #expect(
      flow.address
        == Self.start.replacing("response_type=code", with: "response_type=code+id_token")
        + "&scope=&state=STATE")
  }

  @Test func `an empty scope is sent, unless empty parameters are left out`() {
    let flow = FlowUnderTest(
      Self.entry(#""disable_pkce":true,"authorization_url_skip_empty":true"#))
    #expect(flow.address == Self.start + "&state=STATE")
  }

  @Test(arguments: [
    ("OAUTH2", "&scope=a:b+c%26d"), ("MCP_OAUTH2", "&scope=a%3Ab+c%26d"),
  ])
  func `scopes that are not to be encoded come last, and cannot become other parameters`(
    mode: String, scope: String
  ) {
    let members = #""scope_separator":"+","authorization_url_skip_encode":["scopes"]"#
    let flow = FlowUnderTest(Self.entry(members, mode: mode), scopes: ["a:b", "c&d"])
    #expect(flow.address == Self.start + "&state=STATE" + Self.proof + scope)
  }

  @Test func `a fragment stands before the parameters, and replacements are made once each`() {
    let flow = FlowUnderTest(
      Self.entry(
        #"""
        "disable_pkce":true,"authorization_url_fragment":"/auth",
        "authorization_url_replacements":{"response_type=":"responseType=","state=":"customField=",
         "redirect_uri=":""}
        """#))
    #expect(
      flow.address
        == "https://a.example/auth#/auth?responseType=code&client_id=app&http%3A%2F%2F127.0.0.1%3A8976%2Fcallback&scope=&customField=STATE"
    )
  }

  @Test func `of the address only scheme, host and path are used`() {
    let flow = FlowUnderTest(
      #"{"auth_mode":"OAUTH2","disable_pkce":true,"authorization_url":"https://A.example?x=1#y"}"#)
    #expect(flow.address?.hasPrefix("https://a.example/?response_type=code&") == true)
  }

  @Test(
    arguments: [
      (["params.t": "acme"], "https://acme.example/auth?"), ([:], "https://b.example/auth?"),
    ] as [(KeyValuePairs<String, String>, String)])
  func `a setting chooses between two addresses`(
    values: KeyValuePairs<String, String>, start: String
  ) {
    let flow = FlowUnderTest(Self.choosing, values)
    #expect(flow.address?.hasPrefix(start) == true)
  }

  @Test func `a setting cannot lead the browser to another host`() {
    for typed in ["evil.example/", "evil.example#", "a@evil", "evil.example?x="] {
      #expect(FlowUnderTest(Self.choosing, ["params.t": typed]).address == nil)
    }
  }

  private static let choosing = #"""
    {"auth_mode":"OAUTH2","authorization_url":
     "https://${connectionConfig.t}.example/auth || https://b.example/auth"}
    """#

  @Test func `a whole address may be typed, with a slash at its end or without`() {
    for typed in ["https://acme.example/apps/x", "https://acme.example/apps/x/"] {
      let flow = FlowUnderTest(
        #"{"auth_mode":"APP","authorization_url":"${connectionConfig.link}/installations/new"}"#,
        ["params.link": typed])
      #expect(flow.address == "https://acme.example/apps/x/installations/new?state=STATE")
    }
  }

  @Test func `a parameter of the person's wins, and without a value takes one away`() {
    let flow = FlowUnderTest(
      Self.entry(#""disable_pkce":true,"authorization_params":{"prompt":"consent","x":"1"}"#),
      parameters: [("prompt", "none"), ("x", ""), ("y", "${clientSecret}")])
    #expect(
      flow.address == Self.start + "&scope=&state=STATE&prompt=none&y=%24%7BclientSecret%7D")
  }

  @Test func `scopes of a person stand in a parameter of their own`() {
    let flow = FlowUnderTest(Self.entry(#""disable_pkce":true"#), userScopes: ["a:b", "c"])
    #expect(flow.address == Self.start + "&scope=&state=STATE&user_scope=a%3Ab%2Cc")
  }

  @Test func `an entry of MCP may not change what the protocol says`() {
    let flow = FlowUnderTest(
      Self.entry(
        #""disable_pkce":true,"authorization_params":{"state":"x","scope":"y","resource":"https://m.example"}"#,
        mode: "MCP_OAUTH2"))
    #expect(
      flow.address
        == Self.start + "&scope=&state=STATE&resource=https%3A%2F%2Fm.example" + Self.proof)
  }

  @Test func `an address with a hidden field in it is not to be shown`() {
    let fields = #"""
      "connection_config":{"user":{"type":"string","title":"User"},
       "password":{"type":"string","title":"Password","secret":true}}
      """#
    let values: KeyValuePairs = ["params.user": "ann", "params.password": "hidden"]
    let open = FlowUnderTest(
      Self.entry(#""authorization_params":{"u":"${connectionConfig.user}"},\#(fields)"#), values)
    let hidden = FlowUnderTest(
      Self.entry(#""authorization_params":{"p":"${connectionConfig.password}"},\#(fields)"#), values
    )
    #expect(!open.holdsSecret)
    #expect(hidden.holdsSecret)
    #expect(hidden.address?.contains("&p=hidden&") == true)
  }

  @Test(arguments: [
    #"{"auth_mode":"OAUTH2"}"#,
    #"{"auth_mode":"OAUTH2","authorization_url":"https://${connectionConfig.gone}.example"}"#,
    #"{"auth_mode":"OAUTH2","authorization_url":"https://a.example","authorization_params":{"x":"${connectionConfig.gone}"}}"#,
    #"{"auth_mode":"MCP_OAUTH2_GENERIC"}"#,
    #"{"auth_mode":"OAUTH1","authorization_url":"https://a.example"}"#,
  ])
  func `an address that cannot be made is none`(entry: String) {
    #expect(FlowUnderTest(entry).address == nil)
  }

  @Test func `the challenge is the digest of the verifier`() {
    // RFC 7636, appendix B.
    let octets: [UInt8] = [
      116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77,
      105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
    ]
    let flow = FlowUnderTest(Self.entry(""), seed: Array(repeating: 0, count: 24) + octets)
    #expect(
      flow.address?.contains("&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&") == true
    )
    #expect(
      flow.exchange(code: "c").next().contains(
        "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&"))
  }

  @Test func `without an application there is no address`() {
    #expect(FlowUnderTest(Self.entry(""), hasClient: false).address == nil)
  }
}
