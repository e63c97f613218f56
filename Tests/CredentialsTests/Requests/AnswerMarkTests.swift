import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// A chain of requests without its answers.
@Suite("A dry run of several requests")
struct AnswerMarkTests {
  private static let chain = """
    {"display_name":"Acme","auth_mode":"TWO_STEP","token_url":"https://${connectionConfig.domain}/start",
     "token_request_method":"GET","token_response":{"token":"token"},
     "connection_config":{"domain":{"type":"string","title":"Domain"}},
     "credentials":{"user":{"type":"string","title":"User"},"password":{"type":"string","title":"P","secret":true}},
     "additional_steps":[
      {"token_url":"${step1.identity}/config","token_request_method":"GET"},
      {"token_url":"https://${step2.host}/t","token_headers":{"x":"${step2.id}","y":"${base64(${step1.a}:${credentials.password})}"},
       "token_params":{"user":"${credentials.user}","pass":"${credentials.password}","c":"${step1.code}"}},
      {"token_url":"${step3.url}"}]}
    """

  private static let values: KeyValuePairs = [
    "credentials.user": "ann", "credentials.password": "secret EXAMPLE word",
    "params.domain": "id.acme.example",
  ]

  private func requests(revealing: Bool) throws -> [Value] {
    let submission = Submission(
      provider: Fixture.provider(Self.chain), values: SecretValues(fixture: Self.values))
    let json = try CheckSession.plan(submission).json(revealing: revealing).fixtureText
    return try Value(json: json)["requests"]?.list ?? []
  }

  @Test(arguments: [false, true])
  func `shows the first one exactly and marks what answers tell`(revealing: Bool) throws {
    let requests = try requests(revealing: revealing)
    #expect(
      requests.compactMap { $0["url"]?.text } == [
        "https://id.acme.example/start", "ANSWER-step1.identity/config",
        "https://ANSWER-step2.host/t", "ANSWER-step3.url",
      ])
    #expect(requests[2]["headers"]?["x"]?.text == "ANSWER-step2.id")
    #expect(requests[2]["headers"]?["y"]?.text == "ANSWER-base64-of-step1.a")
    #expect(requests[2]["body"]?["user"]?.text == "ann")
    #expect(requests[2]["body"]?["c"]?.text == "ANSWER-step1.code")
    let word = try #require(requests[2]["body"]?["pass"]?.text)
    #expect((word == "secret EXAMPLE word") == revealing)
  }

  @Test func `names only hosts that are known`() {
    let submission = Submission(
      provider: Fixture.provider(Self.chain), values: SecretValues(fixture: Self.values))
    #expect(CheckSession.hosts(of: submission) == ["id.acme.example"])
  }

  private static let signed = """
    {"display_name":"Acme","auth_mode":"API_KEY","proxy":{"base_url":"https://api.acme.example",
     "headers":{"x-digest":"${sha256Hex(${bodyCanonicalParams})}","x-line":"${method} ${path} [${params}] [${urlCanonicalParams}] [${contentType}]"},
     "verification":{"method":"METHOD","endpoints":["/me"],"headers":{"content-type":"application/json"},"data":{"a":"${apiKey}"}}}}
    """

  @Test(arguments: [
    ("GET", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    // Of {"a":"k-EXAMPLE"}
    ("POST", "BODY"),
  ])
  func `what a header signs of a request is empty where there is none`(
    method: String, digest: String
  )
    throws
  {
    let entry = Self.signed.split(separator: "METHOD", omittingEmptySubsequences: false)
      .joined(separator: method)
    let submission = Submission(
      provider: Fixture.provider(entry),
      values: SecretValues(fixture: ["credentials.apiKey": "k-EXAMPLE"]))
    let json = try CheckSession.plan(submission).json(revealing: true).fixtureText
    let headers = try Value(json: json)["requests"]?.list?.first?["headers"]
    #expect(headers?["x-line"]?.text == "\(method) /me [] [] [application/json]")
    let found = try #require(headers?["x-digest"]?.text)
    #expect(found.count == 64)
    #expect((found == digest) == (method == "GET"))
  }
}
