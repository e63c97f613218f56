import Basics
import Testing

@testable import ProviderFormat

/// The table of what is found out about accounts that were linked.
@Suite("What is found out about linked accounts")
struct LinkLookupTests {
  @Test func `every row says something, in words that are known`() throws {
    let known = LinkLookup.schema.rules.names.union(UsherExtension.CheckStep.schema.rules.names)
    #expect(LinkLookup.entries.members.count > 30)
    for member in LinkLookup.entries.members {
      for row in try #require(member.value.list, "\(member.key)") {
        let keys = Set((row.map?.members ?? []).map(\.key))
        #expect(keys.subtracting(known).isEmpty, "\(member.key)")
        let lookup = try #require(LinkLookup(row), "\(member.key)")
        let known = lookup.claims.count + lookup.rests.count + lookup.members.count
        #expect((lookup.request != nil) == keys.contains("url"), "\(member.key)")
        #expect(lookup.request != nil || known > 0, "\(member.key)")
        #expect(lookup.rests.count == row["rests"]?.map?.members.count ?? 0, "\(member.key)")
        #expect(lookup.parts.count == row["parts"]?.map?.members.count ?? 0, "\(member.key)")
      }
    }
  }

  @Test(arguments: [
    (
      "jira", nil,
      [
        "/oauth/token/accessible-resources",
        "/ex/jira/${connectionConfig.cloudId}/rest/api/3/myself",
      ]
    ),
    (
      "my-wiki", "jiraPostConnection",
      [
        "/oauth/token/accessible-resources",
        "/ex/jira/${connectionConfig.cloudId}/rest/api/3/myself",
      ]
    ),
    ("sage-200", "sage200PostConnection", ["/accounts/v1/sites"]),
    (
      "docusign-sandbox", "docusignPostConnection",
      ["https://account-d.docusign.com/oauth/userinfo"]
    ),
    ("docusign", nil, []), ("acme", nil, []), ("acme", "goneePostConnection", []),
  ])
  func `an entry leads to its rows by its slug or its script`(
    slug: String, script: String?, urls: [String]
  ) throws {
    let line = script.map { "post_connection_script: \($0)\n" } ?? ""
    var provider = try makeProvider("auth_mode: OAUTH2\n\(line)")
    provider.slug = slug
    #expect(LinkLookup.of(provider).compactMap(\.request?.url) == urls)
  }

  @Test func `members of the token's answer are settings`() throws {
    var provider = try makeProvider(
      "auth_mode: OAUTH2\npost_connection_script: highlevelPostConnection\n")
    provider.slug = "highlevel"
    #expect(AuthorizationRules(provider).foundInToken == ["companyId", "locationId"])
  }
}
