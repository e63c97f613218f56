import Basics
import Connections
import Drafts
import Requests
import Secrets
import Testing

@Suite struct DryRuns {
  @Test func `secrets are marked and the rest can be read`() throws {
    let json = """
      {"auth_mode":"BASIC","proxy":{"base_url":"https://${connectionConfig.site}.a.example",
        "headers":{"x-key":"${password}","x-user":"${username}","x-plain":"1"},
        "query":{"token":"${password}"},"body":{"p":"${password}","s":"${connectionConfig.site}"},
        "verification":{"method":"POST","endpoints":["/k/${password}/x?a=1"]}},
       "connection_config":{"site":{"type":"string","title":"Site"}}}
      """
    let submission = Submission(
      provider: Fixture.provider(json),
      values: SecretValues(fixture: [
        "credentials.username": "ann", "credentials.password": "p-EXAMPLE-p",
        "params.site": "north",
      ]))
    let redacted = try CheckSession.plan(submission).json(revealing: false).fixtureText
    #expect(
      redacted
        == #"{"requests":[{"method":"POST","#
        + #""url":"https://north.a.example/k/‹redacted›/x?a=1&token=‹redacted›","#
        + #""headers":{"authorization":"Basic ‹redacted›","x-key":"‹redacted›","x-user":"ann","#
        + #""x-plain":"1"},"#
        + #""body":{"p":"‹redacted›","s":"north"}}]}"#)
    let line = try CheckSession.plan(submission).firstLine
    #expect(line == "POST north.a.example/k/‹redacted›/x?a=1&token=‹redacted›")
    let revealed = try CheckSession.plan(submission).json(revealing: true).fixtureText
    #expect(revealed.contains("p-EXAMPLE-p"))
    #expect(!revealed.contains("‹redacted›"))
  }

  @Test func `nothing to check is an empty list, and why`() throws {
    let submission = Submission(
      provider: Fixture.provider(#"{"auth_mode":"NONE"}"#), values: SecretValues())
    let planned = try CheckSession.plan(submission)
    let (count, line) = (planned.count, planned.firstLine)
    #expect(count == 0)
    #expect(line == nil)
    let text = try planned.json().fixtureText
    #expect(
      text == #"{"requests":[],"reason":"acme asks for no credentials: "#
        + #"what is entered will be stored unchecked."}"#)
  }

  @Test func `the hosts of a record are those that the check asks`() throws {
    let name = try #require(ConnectionName(provider: "acme"))
    let submission = Submission(
      provider: Fixture.provider(Fixture.acme),
      values: SecretValues(fixture: ["credentials.apiKey": Fixture.goodKey]))
    let record = ConnectionRecord(name: name, submission: submission, diagnosis: nil)
    let facts = record.facts
    #expect(facts.hosts == ["api.acme.example"])
    #expect(facts.checked == nil)
  }
}
