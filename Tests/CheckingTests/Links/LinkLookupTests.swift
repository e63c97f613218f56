import Basics
import Checking
import Drafts
import LoopbackSupport
import ProviderFormat
import Requests
import Secrets
import Testing

/// What is found out about accounts once they are linked.
@Suite(.needsOpenSSL, .timeLimit(.minutes(1))) struct LinkLookupTests {
  private static func entry(_ url: String, _ script: String, _ members: String = "") -> String {
    """
    {"display_name":"Consent","auth_mode":"OAUTH2","authorization_url":"\(url)/authorize",
     "token_url":"\(url)/token","proxy":{"base_url":"\(url)"},
     "post_connection_script":"\(script)PostConnection"\(members)}
    """
  }

  /// Links an account with a provider that answers so.
  private static func link(
    _ script: String, _ replies: [String: LoopbackReply], settings: [String: String] = [:],
    token: String = "", members: String = ""
  ) async throws -> (words: String, diagnosis: Diagnosis?) {
    let provider = try await ConsentProvider()
    for (line, reply) in replies { provider.say(reply, to: line) }
    if !token.isEmpty { provider.add(token) }
    var values = LinkTrial.client
    for (name, value) in settings { values["params.\(name)"] = value }
    let entry = Self.entry(provider.url, script, members)
    func result() async throws -> LinkResult {
      try await LinkTrial().link(try LinkTrial.flow(entry, values, scopes: []), at: provider)
    }
    let words = try await result().words()
    let diagnosis = try await result().diagnosis()
    await provider.stop()
    let token = " accessToken=access-EXAMPLE-2 refreshToken=refresh-EXAMPLE-2"
    return (words.replacing(token, with: ""), diagnosis)
  }

  private static let sites =
    #"[{"id":"c1","name":"Acme","url":"https://acme.example"},{"id":"c2","name":"Beta","url":"https://beta.example"}]"#

  @Test func `the one that is possible becomes a setting, and what it leads to is asked`()
    async throws
  {
    let one = #"[{"id":"c1","name":"Acme","url":"https://acme.example"}]"#
    let found = try await Self.link(
      "jira",
      [
        "GET /oauth/token/accessible-resources": .json(one),
        "GET /ex/jira/c1/rest/api/3/myself": .json(
          #"{"accountId":"a1","emailAddress":"ann@acme.example"}"#),
      ])
    #expect(
      found.words
        == "linked params.cloudId=c1 params.baseUrl=https://acme.example params.accountId=a1 account=ann@acme.example organization=Acme"
    )
    #expect(found.diagnosis?.kind == .accepted)
  }

  @Test func `of several none is taken, and they are named`() async throws {
    let found = try await Self.link(
      "jira", ["GET /oauth/token/accessible-resources": .json(Self.sites)])
    #expect(found.words == "linked")
    #expect(found.diagnosis?.metadata == ["cloudId": "c1 (Acme), c2 (Beta)"])
  }

  @Test func `what was typed says which one is meant`() async throws {
    let found = try await Self.link(
      "jira", ["GET /oauth/token/accessible-resources": .json(Self.sites)],
      settings: ["subdomain": "Beta"],
      members: #","connection_config":{"subdomain":{"type":"string"}}"#)
    #expect(
      found.words
        == "linked params.cloudId=c2 params.baseUrl=https://beta.example organization=Beta")
  }

  @Test func `what was typed stays, and says whose the account is`() async throws {
    let found = try await Self.link(
      "procore", ["GET /rest/v1.0/companies": .json(#"[{"id":1,"name":"A"},{"id":2,"name":"B"}]"#)],
      settings: ["companyId": "2"])
    #expect(found.words == "linked organization=B")
    #expect(found.diagnosis?.metadata == [:])
  }

  @Test func `some providers mean the first`() async throws {
    let found = try await Self.link(
      "sage200",
      ["GET /accounts/v1/sites": .json(#"[{"company_id":7,"site_id":"s","company_name":"Acme"}]"#)])
    #expect(found.words == "linked params.company_id=7 params.site_id=s organization=Acme")
  }

  @Test func `a setting may be a part of another, or a claim of the token`() async throws {
    let zoho = try await Self.link(
      "zoho", [:], token: #""api_domain":"https://www.zohoapis.com.au/x""#,
      members: #","token_response_metadata":["api_domain"]"#)
    #expect(
      zoho.words == "linked params.api_domain=https://www.zohoapis.com.au/x params.extension=com.au"
    )
    let token = "e30.eyJ0aWQiOiJ0ZW5hbnQtMSJ9.c2ln"
    let teams = try await Self.link(
      "microsoftTeams", ["POST /token": .json(#"{"access_token":"\#(token)"}"#)])
    #expect(teams.words.contains("params.tenantId=tenant-1"), "\(teams.words)")
  }

  @Test func `a setting may be a part of what the answer tells`() async throws {
    let found = try await Self.link(
      "calendly",
      [
        "GET /users/me": .json(
          #"{"resource":{"email":"ann@acme.example","current_organization":"https://api.example/organizations/o-1"}}"#
        )
      ])
    #expect(found.words == "linked params.organizationId=o-1 account=ann@acme.example")
    let without = try await Self.link(
      "calendly", ["GET /users/me": .json(#"{"resource":{"current_organization":7}}"#)])
    #expect(without.words == "linked")
  }

  @Test func `a token of identity says whose the account is, where nobody else does`() async throws
  {
    // {"email":"ann@acme.example"}
    let identity = #""id_token":"e30.eyJlbWFpbCI6ImFubkBhY21lLmV4YW1wbGUifQ.c2ln""#
    let alone = try await Self.link("none", [:], token: identity)
    #expect(alone.words == "linked account=ann@acme.example")
    let both = try await Self.link(
      "hubspot", ["GET /account-info/v3/details": .json(#"{"portalId":7}"#)], token: identity)
    #expect(both.words == "linked params.portalId=7 account=ann@acme.example organization=7")
    let failed = try await Self.link(
      "hubspot", ["GET /account-info/v3/details": .answer(503)], token: identity)
    #expect(failed.words == "linked account=ann@acme.example")
    #expect(failed.diagnosis?.sentence.contains("Not all could be found out") == true)
  }

  @Test func `what could not be found out is told though the token is good`() async throws {
    let found = try await Self.link(
      "hubspot", ["GET /account-info/v3/details": .answer(503), "GET /me": .json("{}")],
      members:
        #","usher":{"check":[{"url":"/me","answers":[{"status":"2xx","means":"accepted"}]}]}"#)
    #expect(found.diagnosis?.isAccepted == true)
    #expect(found.diagnosis?.sentence.contains("Not all could be found out") == true)
  }

  @Test func `members of the token's answer may be settings`() async throws {
    let found = try await Self.link("highlevel", [:], token: #""locationId":"l1","companyId":"""#)
    #expect(found.words == "linked params.locationId=l1")
  }

  @Test(arguments: [
    LoopbackReply.answer(403, body: #"{"message":"scope"}"#), .answer(503), .noise("hello"),
    .gzipBomb,
    .answer(200, body: "[[[["), .redirect(to: "https://elsewhere.example/"), .resetMidBody,
  ])
  func `a look-up that fails is told, and the account is linked all the same`(
    _ reply: LoopbackReply
  ) async throws {
    let found = try await Self.link("hubspot", ["GET /account-info/v3/details": reply])
    #expect(found.words == "linked")
    let diagnosis = try #require(found.diagnosis)
    #expect(diagnosis.isAccepted)
    #expect(!"\(diagnosis)".contains("EXAMPLE"))
  }

  @Test func `an address of another place is asked only where the entry means that service`()
    async throws
  {
    let provider = try await ConsentProvider()
    let entry = Self.entry(provider.url, "none").replacing(
      #""post_connection_script":"nonePostConnection""#, with: #""categories":[]"#)
    let map = try #require(try Value(json: entry).map)
    // A service of one's own under the name of a known one.
    let own = Provider(slug: "mailchimp", entry: map, origin: .folder("/etc/usher/guides"))
    #expect(!AccountLookup.isKnown(own))
    var named = map
    named["post_connection_script"] = .string("mailchimpPostConnection")
    #expect(
      AccountLookup.isKnown(
        Provider(slug: "mailchimp", entry: named, origin: .folder("/etc/usher/guides"))))
    await provider.stop()
  }

  @Test(arguments: [200, 403])
  func `what the entry declares as its check is asked with the new token`(
    _ status: Int
  ) async throws {
    let found = try await Self.link(
      "none", ["GET /me": .answer(status, body: #"{"email":"ann@acme.example"}"#)],
      members:
        #","usher":{"check":[{"url":"/me","answers":[{"status":"2xx","means":"accepted","read":{"account":"email"}}]}]}"#
    )
    #expect(found.words.hasPrefix("linked"))
    #expect(found.diagnosis?.isAccepted == (status == 200))
    #expect(found.diagnosis?.account == (status == 200 ? "ann@acme.example" : nil))
  }
}
