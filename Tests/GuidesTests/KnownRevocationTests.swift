import Basics
import GuideText
import GuideTools
import Testing

@testable import ProviderFormat

/// What is known of revocations at well-known servers, beside the program.
@Suite struct KnownRevocationTests {
  @Test func `each row is one that an entry could have written`() throws {
    #expect(KnownRevocations.entries.members.count == 6)
    for row in KnownRevocations.entries.members {
      let entry = """
        display_name: Acme
        auth_mode: OAUTH2
        authorization_url: https://\(row.key)/authorize
        token_url: https://\(row.key)/token
        proxy: {base_url: https://api.example}
        usher: {revoke: \(row.value.json)}
        """
      let provider = try makeProvider(entry)
      let findings = GuideLint.findings(for: provider, guide: nil, file: "p.yaml")
        .filter { $0.message.contains("revoke") || $0.message.contains("fills") }
      #expect(findings == [], "\(row.key)")
      let declared = try #require(provider.usher.revocation)
      #expect(declared.request != nil || declared.tokenURL != nil, "\(row.key)")
    }
  }

  @Test func `an entry of its own goes before it, and another mode has none`() throws {
    let known = "auth_mode: OAUTH2\ntoken_url: https://slack.com/api/oauth.v2.access\n"
    #expect(try makeProvider(known).usher.revocation?.method == "POST")
    let own = try makeProvider(known + "usher: {revoke: {page: 'https://a.example'}}")
    #expect(own.usher.revocation?.method == nil)
    let other = known.replacing("OAUTH2", with: "OAUTH2_CC")
    #expect(try makeProvider(other).usher.revocation == nil)
  }
}
