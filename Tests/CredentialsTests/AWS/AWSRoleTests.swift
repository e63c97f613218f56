import Basics
import Drafts
import Requests
import Secrets
import Testing

/// Linking a role of AWS: temporary credentials, and whose they are.
@Suite struct AWSRoles {
  static let externalID = "00010203-0405-4607-8809-0a0b0c0d0e0f"
  static let entry = """
    {"display_name":"AWS","auth_mode":"AWS_SIGV4",
     "credentials":{"role_arn":{"type":"string","title":"Role ARN"}},
     "connection_config":{"region":{"type":"string","title":"Region","optional":true}},
     "integration_config":{"awsAccessKeyId":{"type":"string","title":"Key ID","secret":true},
      "awsSecretAccessKey":{"type":"string","title":"Secret Key","secret":true}}}
    """
  static let builtin: KeyValuePairs = [
    "credentials.role_arn": "arn:aws:iam::123456789012:role/team/Reader",
    "params.region": "eu-central-1", "params.external_id": externalID,
    "integration_config.awsAccessKeyId": "AKIDEXAMPLE",
    "integration_config.awsSecretAccessKey": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  ]
  static let given = """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId>
    <SecretAccessKey>temporary/EXAMPLE</SecretAccessKey><SessionToken>session+EXAMPLE==</SessionToken>
    <Expiration>2026-08-24T14:05:09Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
    """

  static func identity(_ arn: String) -> String {
    """
    <GetCallerIdentityResponse><GetCallerIdentityResult><Arn>\(arn)</Arn><UserId>x</UserId>
    <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>
    """
  }

  static let own = identity("arn:aws:sts::123456789012:assumed-role/Reader/usher-1")

  static func session(_ values: KeyValuePairs<String, String> = builtin) -> SessionUnderTest {
    SessionUnderTest(entry, values, now: 1_787_576_709)
  }

  @Test func `the role is asked for with the owner's key, and then whose the credentials are`() {
    let session = Self.session()
    let first = session.next()
    #expect(
      first.hasPrefix(
        "POST https://sts.eu-central-1.amazonaws.com/ "
          + "content-type: application/x-www-form-urlencoded; charset=utf-8 "
          + "x-amz-date: 20260824T130509Z authorization: AWS4-HMAC-SHA256 "
          + "Credential=AKIDEXAMPLE/20260824/eu-central-1/sts/aws4_request, "
          + "SignedHeaders=content-type;host;x-amz-date, Signature="))
    #expect(
      first.contains(
        " Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fteam%2FReader"
          + "&ExternalId=\(Self.externalID)&RoleSessionName=usher-"))
    #expect(first.hasSuffix("&DurationSeconds=3600&Version=2011-06-15"))
    session.answer(200, Self.given)
    let second = session.next()
    #expect(second.contains("x-amz-security-token: session+EXAMPLE== "))
    #expect(
      second.contains(
        "Credential=ASIAEXAMPLE/20260824/eu-central-1/sts/aws4_request, "
          + "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, "))
    #expect(second.hasSuffix(" Action=GetCallerIdentity&Version=2011-06-15"))
    session.answer(200, Self.own)
    #expect(session.next() == "done: accepted")
    let found = session.diagnosis
    #expect(found.account == "arn:aws:sts::123456789012:assumed-role/Reader")
    #expect(found.organization == "123456789012")
    #expect(found.tokenExpires?.description == "2026-08-24T14:05:09Z")
    #expect(found.expires == nil)
    #expect(!"\(found)".contains("temporary/EXAMPLE"))
  }

  @Test func `an answer in JSON is read like one in XML`() {
    let session = Self.session()
    _ = session.next()
    session.answer(
      200,
      """
      {"AssumeRoleResponse":{"AssumeRoleResult":{"Credentials":{"AccessKeyId":"ASIAEXAMPLE",
       "SecretAccessKey":"t-EXAMPLE","SessionToken":"s-EXAMPLE","Expiration":1.787580309E9}}}}
      """)
    #expect(session.next().contains("Credential=ASIAEXAMPLE/"))
    session.answer(
      200,
      """
      {"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"123456789012",
       "Arn":"arn:aws:sts::123456789012:assumed-role/Reader/x"}}}
      """)
    #expect(session.diagnosis.kind == .accepted)
    #expect(session.diagnosis.tokenExpires?.secondsSinceEpoch == 1_787_580_309)
  }

  @Test(arguments: [
    "arn:aws:sts::123456789012:assumed-role/Reader2/x", "arn:aws:iam::123456789012:user/ann",
    "arn:aws:sts::123456789012:assumed-role/Other/usher-1",
  ])
  func `credentials of somebody else are not accepted`(arn: String) {
    let session = Self.session()
    _ = session.next()
    session.answer(200, Self.given)
    _ = session.next()
    session.answer(200, Self.identity(arn))
    #expect(session.diagnosis.kind == .wrongTenant)
    #expect(session.diagnosis.sentence.contains(arn))
    #expect(session.diagnosis.nextStep == "Check Role ARN.")
  }

  @Test(arguments: [
    ("AccessDenied", "no", Diagnosis.Kind.lacksRight, externalID),
    ("InvalidClientTokenId", "no", .refused, "Key ID"),
    ("SignatureDoesNotMatch", "The signature we calculated does not match", .refused, "Secret Key"),
    ("SignatureDoesNotMatch", "Signature expired: 2026 is now earlier", .unclear, "clock"),
    ("RequestExpired", "no", .unclear, "clock"), ("ExpiredToken", "no", .refused, "lasting"),
    ("RegionDisabledException", "no", .wrongTenant, "Region"),
    ("ValidationError", "1 validation error", .wrongKind, "Role ARN"),
    ("Throttling", "Rate exceeded", .busy, "minutes"),
  ])
  func `a refusal is told by the code of AWS`(
    code: String, message: String, kind: Diagnosis.Kind, advice: String
  ) {
    let bodies = [
      "<ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message>"
        + "</Error><RequestId>1</RequestId></ErrorResponse>",
      #"{"Error":{"Code":"\#(code)","Message":"\#(message)"}}"#,
      #"{"__type":"com.amazon.coral#\#(code)","message":"\#(message)"}"#,
    ]
    for body in bodies {
      let session = Self.session()
      _ = session.next()
      session.answer(403, body)
      #expect(session.diagnosis.kind == kind)
      #expect(session.diagnosis.nextStep.contains(advice), "\(session.diagnosis.nextStep)")
      #expect(session.diagnosis.status == 403)
    }
  }

  @Test func `an answer without a code is told by its status`() {
    for (status, kind) in [(503, Diagnosis.Kind.busy), (401, .refused), (200, .unclear)] {
      let session = Self.session()
      _ = session.next()
      session.answer(status, "<html>")
      #expect(session.diagnosis.kind == kind)
    }
  }

  @Test func `temporary credentials that AWS does not take are not the user's fault`() {
    let session = Self.session()
    _ = session.next()
    session.answer(200, Self.given)
    _ = session.next()
    session.answer(
      403, "<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>")
    #expect(session.diagnosis.sentence.contains("temporary credentials"))
  }

  @Test(arguments: [
    ("cn-north-1", "https://sts.cn-north-1.amazonaws.com.cn/"),
    ("us-gov-west-1", "https://sts.us-gov-west-1.amazonaws.com/"),
  ])
  func `every region has its own host`(region: String, address: String) {
    let session = Self.session([
      "credentials.role_arn": "arn:aws:iam::1:role/R", "params.region": region,
      "params.external_id": Self.externalID, "integration_config.awsAccessKeyId": "A",
      "integration_config.awsSecretAccessKey": "s",
    ])
    #expect(session.next().hasPrefix("POST \(address) "))
  }

  @Test(arguments: ["evil.example/", "EU-1", "a b", String(repeating: "a", count: 65)])
  func `what is no region cannot move the request to another host`(region: String) {
    let session = Self.session([
      "credentials.role_arn": "arn:aws:iam::1:role/R", "params.region": region,
      "params.external_id": Self.externalID, "integration_config.awsAccessKeyId": "A",
      "integration_config.awsSecretAccessKey": "s",
    ])
    #expect(session.next() == "done: unclear")
  }

  @Test func `a missing key is named`() {
    let session = Self.session([
      "credentials.role_arn": "arn:aws:iam::1:role/R", "params.external_id": Self.externalID,
    ])
    #expect(session.next() == "done: unclear")
    let sentence = session.diagnosis.sentence
    #expect(["awsAccessKeyId", "Key ID"].contains { sentence.contains($0) }, "\(sentence)")
  }

  @Test func `a dry run shows both requests, and no key, token or signature`() throws {
    let submission = Submission(
      provider: Fixture.provider(Self.entry), values: SecretValues(fixture: Self.builtin))
    let moment = ReplayContext(
      now: Timestamp(secondsSinceEpoch: 1_787_576_709),
      randomSource: RandomSource(seed: Array(0...15)))
    let shown = try CheckSession.plan(submission, at: moment).json().fixtureText
    for secret in ["AKIDEXAMPLE", "wJalr", "Signature=", "ANSWER-"] {
      #expect(!shown.contains(secret))
    }
    let requests = try Value(json: shown)["requests"]?.list ?? []
    #expect(requests.count == 2)
    let revealed = try CheckSession.plan(submission, at: moment).json(revealing: true).fixtureText
    #expect(revealed.contains("RoleSessionName=usher-\(Self.externalID)&"))
    #expect(revealed.contains("Credential=ANSWER-"))
    #expect(CheckSession.hosts(of: submission) == ["sts.eu-central-1.amazonaws.com"])
  }

  @Test func `temporary credentials in a provider's words are taken out`() {
    let session = Self.session()
    _ = session.next()
    session.answer(200, Self.given)
    _ = session.next()
    session.answer(
      403,
      "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no temporary/EXAMPLE for "
        + "wJalrXUtnFEMI/K7MDENG</Message></Error></ErrorResponse>")
    #expect(session.diagnosis.providerSays == "no ‹redacted› for ‹redacted›")
  }
}
