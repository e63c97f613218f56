import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// The checks that entries name by a script, each with an entry as the format has it: what is asked, and what each answer
/// comes to.
@Suite struct ScriptChecks {
  /// An entry with the base address and headers that come with a script.
  private static func session(
    _ script: String, mode: String = "API_KEY", base: String = "https://a.example",
    headers: String = #"{"authorization":"Bearer ${apiKey}"}"#,
    _ values: KeyValuePairs<String, String> = ["credentials.apiKey": "k-EXAMPLE"]
  ) -> SessionUnderTest {
    SessionUnderTest(
      """
      {"display_name":"Acme","auth_mode":"\(mode)",
       "credentials_verification_script":"\(script)CredentialsVerification",
       "proxy":{"base_url":"\(base)","headers":\(headers)}}
      """, values)
  }

  private static func basic(_ script: String, headers: String = "{}") -> SessionUnderTest {
    session(
      script, mode: "BASIC", headers: headers,
      ["credentials.username": "ann&<1>", "credentials.password": "p\"|| ]]>EXAMPLE"])
  }

  private static let authorization = "authorization: Bearer k-EXAMPLE"
  /// `ann&<1>:p"|| ]]>EXAMPLE`
  private static let basicAuthorization = "authorization: Basic YW5uJjwxPjpwInx8IF1dPkVYQU1QTEU="

  /// What a session comes to after one answer.
  private static func kind(
    of session: SessionUnderTest, _ status: Int, _ body: String = ""
  ) -> Diagnosis.Kind {
    _ = session.next()
    session.answer(status, body)
    return session.diagnosis.kind
  }

  // MARK: What is asked

  @Test(arguments: [
    ("apollo", "GET https://a.example/v1/auth/health \(authorization)"),
    ("azureDevops", "GET https://a.example/_apis/projects \(authorization)"),
    (
      "bitdefender",
      "POST https://a.example/v1.0/jsonrpc/general \(authorization) "
        + #"content-type: application/json {"jsonrpc":"2.0","method":"getApiKeyDetails","#
        + #""params":{},"id":"usher"}"#
    ),
    (
      "cdw",
      "POST https://a.example/v1/customers/orders \(authorization) content-type: application/json {}"
    ),
    (
      "skio",
      "POST https://a.example/v1/graphql \(authorization) content-type: application/json "
        + #"{"query":"query { Orders(limit: 1) { id } }"}"#
    ),
  ])
  func `a script's request has the entry's address and headers`(script: String, request: String) {
    #expect(Self.session(script).next() == request)
  }

  @Test func `Snipe-IT's base address is below its host`() {
    let session = Self.session("snipeIt", base: "https://a.example/api/")
    #expect(session.next() == "GET https://a.example/api/v1/users \(Self.authorization)")
  }

  @Test func `Pushpay is asked for XML`() {
    #expect(
      Self.basic("pushpayChmsV1").next()
        == "GET https://a.example/api.php?srv=api_status \(Self.basicAuthorization) "
        + "accept: application/xml")
  }

  @Test func `values in a JSON body stay inside of their texts`() {
    #expect(
      Self.basic("lastpass").next()
        == "POST https://a.example/enterpriseapi.php \(Self.basicAuthorization) "
        + #"content-type: application/json {"cid":"ann&<1>","provhash":"p\"|| ]]>EXAMPLE","#
        + #""cmd":"getuserdata"}"#)
  }

  @Test func `JSON in a form is escaped for both`() {
    #expect(
      Self.basic("expensify", headers: #"{"content-type":"application/json"}"#).next()
        == "POST https://a.example/ExpensifyIntegrations \(Self.basicAuthorization) "
        + "content-type: application/x-www-form-urlencoded "
        + "requestJobDescription=%7B%22type%22%3A%22get%22%2C%22credentials%22%3A%7B"
        + "%22partnerUserID%22%3A%22ann%26%3C1%3E%22%2C"
        + "%22partnerUserSecret%22%3A%22p%5C%22%7C%7C+%5D%5D%3EEXAMPLE%22%7D%2C"
        + "%22inputSettings%22%3A%7B%22type%22%3A%22policyList%22%7D%7D")
  }

  @Test func `values in XML stay inside of their elements`() {
    #expect(
      Self.basic("vantageApparel").next()
        == "POST https://a.example/CustomerLookupService.svc \(Self.basicAuthorization) "
        + #"soapaction: "getAccountsByEmail" content-type: text/xml; charset=utf-8 "#
        + #"<?xml version="1.0" encoding="utf-8"?>"#
        + #"<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>"#
        + #"<getAccountsByEmail xmlns="http://tempuri.org/"><id>ann&amp;&lt;1&gt;</id>"#
        + "<password>p&quot;|| ]]&gt;EXAMPLE</password><email></email></getAccountsByEmail>"
        + "</soap:Body></soap:Envelope>")
  }

  @Test func `a value that XML cannot hold is named before anything is sent`() {
    let session = Self.session(
      "vantageApparel", mode: "BASIC", headers: "{}",
      ["credentials.username": "ann", "credentials.password": "p\u{1}EXAMPLE"])
    #expect(session.next() == "done: unclear")
    #expect(session.diagnosis.sentence.contains("credentials.password"))
    #expect(!session.diagnosis.sentence.contains("EXAMPLE"))
  }

  @Test func `a body without its values is not sent`() {
    #expect(Self.session("lastpass", ["credentials.apiKey": "k"]).next() == "done: unclear")
    let own = Self.session("lastpass", ["credentials.apiKey": "k", "params.cid": "7"])
    #expect(own.next().hasSuffix(#"{"cid":"7","provhash":"k","cmd":"getuserdata"}"#))
  }

  @Test func `AWS's request is signed over host and date, for the region that was given`() {
    let provider = Fixture.provider(
      """
      {"auth_mode":"BASIC","credentials_verification_script":"awsIamCredentialsVerification",
       "proxy":{"base_url":"https://iam.amazonaws.com"}}
      """)
    func request(_ region: String?) -> String {
      var values = SecretValues(fixture: [
        "credentials.username": "AKIDEXAMPLE", "credentials.password": "wJalr/EXAMPLE",
      ])
      if let region {
        values.set(.init(.connectionConfig, "region"), to: SecretBuffer(fixture: region))
      }
      let submission = Submission(provider: provider, values: values)
      let moment = ReplayContext(now: Timestamp(secondsSinceEpoch: 1_440_938_160))
      return SessionUnderTest(CheckSession(submission, at: moment)).next()
    }
    // Computed with Python's hmac and hashlib from the steps of AWS's documentation.
    #expect(
      request("eu-west-1")
        == "GET https://sts.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15 "
        + "authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-west-1/sts/"
        + "aws4_request, SignedHeaders=host;x-amz-date, Signature="
        + "c688059d22959fa529fa867abe1147c0504610e8f971d1d5bca5753fcfb1c27c "
        + "x-amz-date: 20150830T123600Z")
    #expect(request(nil).contains("/20150830/us-east-1/sts/aws4_request"))
    #expect(!request(nil).contains("Basic"))
  }

  // MARK: What answers come to

  @Test(arguments: [
    ("apollo", 200, #"{"healthy":true,"is_logged_in":true}"#, Diagnosis.Kind.accepted),
    ("apollo", 200, #"{"healthy":true,"is_logged_in":false}"#, .refused),
    ("apollo", 401, "", .refused),
    ("azureDevops", 200, #"{"count":0,"value":[]}"#, .accepted),
    ("azureDevops", 203, "<html>Sign in</html>", .refused), ("azureDevops", 401, "", .refused),
    ("azureDevops", 204, "", .unclear), ("azureDevops", 403, "", .unclear),
    ("bitdefender", 200, #"{"result":{"enabledApis":["companies"]},"error":null}"#, .accepted),
    ("bitdefender", 200, #"{"error":{"code":-32600,"message":"no"}}"#, .unclear),
    ("bitdefender", 401, "", .refused), ("cdw", 201, "{}", .accepted),
    ("cdw", 400, #"{"message":"no lines"}"#, .accepted), ("cdw", 401, "", .refused),
    ("cdw", 403, #"{"message":"No permission"}"#, .lacksRight), ("cdw", 422, "", .unclear),
    ("cdw", 503, "", .busy),
    ("skio", 200, #"{"data":{"Orders":[]}}"#, .accepted),
    ("skio", 200, #"{"data":{"Orders":{}}}"#, .refused),
    ("skio", 200, #"{"errors":[{"message":"bad key"}]}"#, .refused), ("skio", 200, "", .refused),
    ("snipeIt", 200, #"{"total":0,"rows":[]}"#, .accepted), ("snipeIt", 401, "", .refused),
    ("snipeIt", 500, "", .busy),
  ])
  func `an answer to a key has its diagnosis`(
    script: String, status: Int, body: String, kind: Diagnosis.Kind
  ) {
    #expect(Self.kind(of: Self.session(script), status, body) == kind)
  }

  @Test(arguments: [
    ("expensify", 200, #"{"policyList":[],"responseCode":200}"#, Diagnosis.Kind.accepted),
    ("expensify", 200, #"{"responseMessage":"Authentication error","responseCode":500}"#, .refused),
    ("expensify", 200, #"{"responseMessage":"No such job","responseCode":404}"#, .unclear),
    ("lastpass", 200, #"{"Users":{}}"#, .accepted),
    ("lastpass", 200, #"{"status":"FAIL","errors":["AUTHORIZATION Error"]}"#, .refused),
    ("lastpass", 200, #"{"status":"FAIL","errors":["slow down"]}"#, .unclear),
    (
      "pushpayChmsV1", 200, "<ccb_api><response><counter>1</counter></response></ccb_api>",
      .accepted
    ),
    ("pushpayChmsV1", 200, "<ccb_api><response><error>no</error></response></ccb_api>", .refused),
    (
      "pushpayChmsV1", 200,
      "<?xml version='1.0'?><ccb_api><response><errors><error/></errors></response></ccb_api>",
      .refused
    ),
    ("pushpayChmsV1", 403, "", .unclear),
    ("vantageApparel", 200, "<Envelope><code>0</code></Envelope>", .accepted),
    (
      "vantageApparel", 200,
      "<Envelope><code>105</code><description>Authentication failed</description></Envelope>",
      .refused
    ),
    ("vantageApparel", 200, "<Envelope><code>105</code></Envelope>", .accepted),
    ("vantageApparel", 500, "<s:Fault><faultstring>no</faultstring></s:Fault>", .unclear),
    ("vantageApparel", 502, "", .busy),
  ])
  func `an answer to a name and a password has its diagnosis`(
    script: String, status: Int, body: String, kind: Diagnosis.Kind
  ) {
    #expect(Self.kind(of: Self.basic(script), status, body) == kind)
  }

  @Test(arguments: [
    (
      403, "<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>",
      Diagnosis.Kind.refused
    ),
    (403, "<Error><Code>SignatureDoesNotMatch</Code></Error>", .refused),
    (403, "<Error><Code>RequestExpired</Code></Error>", .unclear), (503, "", .busy),
  ])
  func `AWS's codes have their diagnosis`(status: Int, body: String, kind: Diagnosis.Kind) {
    #expect(Self.kind(of: Self.basic("awsIam"), status, body) == kind)
  }

  @Test func `AWS tells whose key it is, in XML`() {
    let session = Self.basic("awsIam")
    _ = session.next()
    session.answer(
      200,
      """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <GetCallerIdentityResult>
          <Arn>
            arn:aws:iam::123456789012:user/Ann
          </Arn>
          <Account>123456789012</Account>
        </GetCallerIdentityResult>
      </GetCallerIdentityResponse>
      """)
    #expect(session.diagnosis.kind == .accepted)
    #expect(session.diagnosis.account == "arn:aws:iam::123456789012:user/Ann")
    #expect(session.diagnosis.organization == "123456789012")
  }

  @Test func `a provider's words are taken from XML too`() {
    let session = Self.basic("awsIam")
    _ = session.next()
    session.answer(
      403,
      "<ErrorResponse><Error><Message>The &quot;token&quot; is not valid</Message></Error></ErrorResponse>"
    )
    #expect(session.diagnosis.providerSays == "The \"token\" is not valid")
  }

  @Test func `Bitdefender tells the rights of a key`() {
    let session = Self.session("bitdefender")
    _ = session.next()
    session.answer(200, #"{"result":{"enabledApis":["companies","licensing"]}}"#)
    #expect(session.diagnosis.rights == ["companies", "licensing"])
  }

  @Test(arguments: [
    "apollo", "awsIam", "azureDevops", "bitdefender", "cdw", "expensify", "lastpass",
    "pushpayChmsV1", "skio", "snipeIt", "vantageApparel",
  ])
  func `an answer made to break the reader ends in a diagnosis`(script: String) {
    let hostile = [
      String(repeating: "[", count: 20_000), String(repeating: "<a>", count: 20_000),
      "<!DOCTYPE a [<!ENTITY b '&c;&c;'>]><a>&b;</a>", "{\"data\":", "\u{FEFF}", "<",
      "<ccb_api>" + String(repeating: "<x/>", count: 20_000) + "</ccb_api>",
      String(repeating: "10", count: 50_000),
    ]
    for body in hostile {
      let session = Self.basic(script)
      _ = session.next()
      session.answer(200, body)
      #expect(session.diagnosis.sentence.hasSuffix("."))
      #expect(session.diagnosis.sentence.count < 300)
    }
  }
}
