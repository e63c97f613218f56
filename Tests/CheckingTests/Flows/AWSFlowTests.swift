import Basics
import Checking
import LoopbackSupport
import Requests
import Testing

/// Roles of AWS. What asks for them goes through a proxy to a server that has the host names of the real one, and
/// verifies the signatures for itself.
@Suite(.needsOpenSSL, .needsPython, .timeLimit(.minutes(1))) struct AWSFlowTests {
  private static let entry = """
    {"display_name":"AWS","auth_mode":"AWS_SIGV4",
     "credentials":{"role_arn":{"type":"string","title":"Role ARN"}}}
    """
  private static let values = [
    "credentials.role_arn": "arn:aws:iam::123456789012:role/team/Reader",
    "params.region": "eu-central-1", "params.external_id": "5f0c8b1e-9d3a-4c57-8e21-0a1b2c3d4e5f",
    "integration_config.awsAccessKeyId": "AKIDEXAMPLE",
    "integration_config.awsSecretAccessKey": "owner+secret/EXAMPLE",
  ]
  private static let custom = [
    "integration_config.stsMode": "custom",
    "integration_config.stsEndpointUrl": "https://owner.provider.example/issue?for=usher",
    "integration_config.stsAuthType": "api_key", "integration_config.stsApiKey": "api-key-EXAMPLE",
  ]

  /// A check of a signature for the service that gives credentials out.
  private static func signed(_ id: String, _ secret: String, _ more: String = "") -> String {
    #"{"kind":"aws_sigv4","key_id":"\#(id)","secret":"\#(secret)","region":"eu-central-1","service":"sts"\#(more)}"#
  }

  private static let assumeRole = #"""
    {"method":"POST","path":"/","when":{"Action":"AssumeRole"},
     "auth":[\#(signed("AKIDEXAMPLE", "owner+secret/EXAMPLE")),
      {"kind":"parameters","equal":{"Version":"2011-06-15",
       "RoleArn":"arn:aws:iam::123456789012:role/team/Reader",
       "ExternalId":"5f0c8b1e-9d3a-4c57-8e21-0a1b2c3d4e5f"}}],
     "refusal":{"status":403,
      "text":"<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code></Error></ErrorResponse>"},
     "answer":{"text":"<AssumeRoleResponse><AssumeRoleResult><Credentials>\#
    <AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>temporary/EXAMPLE</SecretAccessKey>\#
    <SessionToken>session/EXAMPLE+==</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>\#
    </Credentials></AssumeRoleResult></AssumeRoleResponse>"}}
    """#

  private static let issue = """
    {"method":"POST","path":"/issue",
     "auth":[{"kind":"header","name":"x-api-key","value":"api-key-EXAMPLE"}],
     "expect":{"query":{"for":"usher"},"json":{"region":"eu-central-1",
      "role_arn":"arn:aws:iam::123456789012:role/team/Reader",
      "external_id":"5f0c8b1e-9d3a-4c57-8e21-0a1b2c3d4e5f"}},
     "answer":{"json":{"credentials":{"access_key_id":"ASIAEXAMPLE",
      "secret_access_key":"temporary/EXAMPLE","session_token":"session/EXAMPLE+==",
      "expiration":"2099-01-01T00:00:00Z"}}}}
    """

  private static let identify = #"""
    {"method":"POST","path":"/","when":{"Action":"GetCallerIdentity"},
     "auth":[\#(signed("ASIAEXAMPLE", "temporary/EXAMPLE", #","session_token":"session/EXAMPLE+==""#))],
     "answer":{"text":"<GetCallerIdentityResponse><GetCallerIdentityResult>\#
    <Arn>arn:aws:sts::123456789012:assumed-role/Reader/usher-1</Arn>\#
    <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"}}
    """#

  private func check(_ values: [String: String]) async throws -> (Diagnosis, [String]) {
    let server = try PythonProvider(routes: "[\(Self.assumeRole),\(Self.issue),\(Self.identify)]")
    let proxy = try await LoopbackProxy(.tunnel(toPort: server.port))
    let checker = Fixture.checker(variables: ["https_proxy": "http://127.0.0.1:\(proxy.port)"])
    let diagnosis = await checker.check(try Fixture.submission(entry: Self.entry, values))
    await proxy.stop()
    return (diagnosis, server.log.map { $0.split(separator: " ").prefix(3).joined(separator: " ") })
  }

  @Test func `a role is taken on with the owner's key, and AWS says whose it is`() async throws {
    let (diagnosis, log) = try await check(Self.values)
    #expect(log == ["POST / 200", "POST / 200"])
    #expect(diagnosis.kind == .accepted, "\(diagnosis)")
    #expect(diagnosis.organization == "123456789012")
    #expect(diagnosis.tokenExpires?.description == "2099-01-01T00:00:00Z")
    for secret in ["temporary/EXAMPLE", "session/EXAMPLE", "owner+secret/EXAMPLE"] {
      #expect(!"\(diagnosis)".contains(secret))
    }
  }

  @Test func `a secret key that is not the owner's is refused`() async throws {
    let other = ["integration_config.awsSecretAccessKey": "another+secret/EXAMPLE"]
    let (diagnosis, log) = try await check(Self.values.merging(other) { $1 })
    #expect(log == ["POST / 403"])
    #expect(diagnosis.kind == .refused, "\(diagnosis)")
  }

  @Test func `the owner's own service gives credentials too`() async throws {
    let (diagnosis, log) = try await check(Self.values.merging(Self.custom) { $1 })
    #expect(log == ["POST /issue 200", "POST / 200"])
    #expect(diagnosis.kind == .accepted, "\(diagnosis)")
  }

  @Test func `the owner's own service refuses a key that it does not know`() async throws {
    var values = Self.values.merging(Self.custom) { $1 }
    values["integration_config.stsApiKey"] = "another-key-EXAMPLE"
    let (diagnosis, log) = try await check(values)
    #expect(log == ["POST /issue 401"])
    #expect(diagnosis.kind == .refused, "\(diagnosis)")
    #expect(!"\(diagnosis)".contains("another-key"))
  }
}
