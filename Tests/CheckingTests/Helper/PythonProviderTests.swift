import Checking
import LoopbackSupport
import Requests
import Testing

/// Whole checks against a provider that judges them with an implementation of its own.
@Suite(.needsOpenSSL, .needsPython, .timeLimit(.minutes(1))) struct PythonProviderTests {
  private func check(
    _ entry: String, _ values: KeyValuePairs<String, String>
  ) async throws -> Diagnosis {
    await Fixture.checker().check(try Fixture.submission(entry: entry, values))
  }

  @Test func `an API key in a header of its own is accepted, and another one is not`() async throws
  {
    let server = try PythonProvider(
      routes: """
        [{"path": "/v1/me", "auth": [{"kind": "header", "name": "x-api-key", "value": "key-EXAMPLE"}],
          "expect": {"query": {"version": "2"}, "headers": {"accept": "application/json"}}}]
        """)
    let entry = """
      {"display_name": "Loopback", "auth_mode": "API_KEY",
       "proxy": {"base_url": "\(server.url)", "headers": {"x-api-key": "${apiKey}"},
        "query": {"version": "2"}, "verification": {"endpoints": ["/v1/me"],
        "headers": {"accept": "application/json"}}},
       "credentials": {"apiKey": {"type": "string", "title": "API key"}}}
      """
    let good = try await check(entry, ["credentials.apiKey": "key-EXAMPLE"])
    #expect(good.kind == .accepted, "\(server.log)")
    let bad = try await check(entry, ["credentials.apiKey": "key-OTHER"])
    #expect(bad.kind == .refused)
    #expect(server.log.count == 2)
  }

  @Test(arguments: [("jane", "pass:word"), ("key-EXAMPLE", ""), ("müller", "größe")])
  func `user name and password arrive as they were typed`(
    _ username: String, _ password: String
  ) async throws {
    let server = try PythonProvider(
      routes: """
        [{"path": "/me", "method": "POST", "auth": [{"kind": "basic", "username": "\(username)",
          "password": "\(password)"}], "expect": {"json": {"q": "me"}}}]
        """)
    let entry = """
      {"display_name": "Loopback", "auth_mode": "BASIC",
       "proxy": {"base_url": "\(server.url)",
        "verification": {"method": "POST", "endpoints": ["/me"], "data": {"q": "me"}}}}
      """
    let good = try await check(
      entry, ["credentials.username": username, "credentials.password": password])
    #expect(good.kind == .accepted, "\(server.log)")
    let bad = try await check(
      entry, ["credentials.username": username, "credentials.password": "other"])
    #expect(bad.kind == .refused)
  }

  @Test func `an AWS signature is the one that the rules of AWS give`() async throws {
    let server = try PythonProvider(
      routes: """
        [{"path": "/", "auth": [{"kind": "aws_sigv4", "key_id": "AKIDEXAMPLE",
          "secret": "secret/EXAMPLE", "region": "eu-west-1", "service": "sts"}]}]
        """)
    let entry = """
      {"display_name": "Loopback", "auth_mode": "API_KEY",
       "proxy": {"base_url": "\(server.url)", "headers": {
         "x-amz-date": "${now:YYYYMMDDTHHmmss[Z]}",
         "authorization": "${awsSigV4(${keyID}, ${secret}, ${connectionConfig.region}, sts)}"},
        "verification": {"endpoints": ["/?Action=GetCallerIdentity&Version=2011-06-15"]}}}
      """
    let values: KeyValuePairs = [
      "credentials.keyID": "AKIDEXAMPLE", "credentials.secret": "secret/EXAMPLE",
      "params.region": "eu-west-1",
    ]
    let good = try await check(entry, values)
    #expect(good.kind == .accepted, "\(server.log)")
  }
}

extension Trait where Self == ConditionTrait {
  /// Tests against the Python provider need an interpreter with `cryptography`.
  static var needsPython: Self {
    .enabled(if: PythonProvider.interpreter != nil, "needs python3 with cryptography")
  }
}
