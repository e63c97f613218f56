import Basics
import GuideText
import ProviderFormat
import Testing

@testable import GuideTools
@testable import ProviderFormat

@Suite("The checks that entries name")
struct ScriptCheckTests {
  /// Every name of the format, with its first request.
  @Test(arguments: [
    ("apollo", "GET /v1/auth/health"), ("awsIam", "GET https://sts.amazonaws.com/"),
    ("azureDevops", "GET /_apis/projects"), ("bitdefender", "POST /v1.0/jsonrpc/general"),
    ("cdw", "POST /v1/customers/orders"), ("expensify", "POST /ExpensifyIntegrations"),
    ("lastpass", "POST /enterpriseapi.php"), ("pushpayChmsV1", "GET /api.php?srv=api_status"),
    ("skio", "POST /v1/graphql"), ("snipeIt", "GET /v1/users"),
    ("vantageApparel", "POST /CustomerLookupService.svc"),
  ])
  func `a name leads to its requests, with and without its ending`(
    _ name: String, _ request: String
  ) throws {
    for spelling in [name, "\(name)CredentialsVerification", name.uppercased()] {
      let provider = try makeProvider(
        "auth_mode: BASIC\ncredentials_verification_script: \(spelling)\n")
      #expect(provider.usher.check.map { "\($0.method) \($0.url)" } == [request])
    }
  }

  @Test func `there are no others, and none gives the lint anything to say`() throws {
    #expect(ScriptChecks.entries.members.count == 11)
    for member in ScriptChecks.entries.members {
      let entry = Value.Map([
        .init(key: "display_name", value: .string("Tea")),
        .init(key: "auth_mode", value: .string("BASIC")),
        .init(
          key: "proxy",
          value: .map(.init([.init(key: "base_url", value: .string("https://tea.example"))]))),
        .init(
          key: "connection_config",
          value: .map(
            .init(
              ["region", "partnerUserID", "cid"].map {
                .init(key: $0, value: .map(.init([.init(key: "title", value: .string($0))])))
              }))),
        .init(
          key: "credentials",
          value: .map(
            .init([
              .init(
                key: "apiKey", value: .map(.init([.init(key: "title", value: .string("Key"))])))
            ]))),
        .init(
          key: "usher", value: .map(.init([.init(key: "check", value: member.value)]))),
      ])
      let provider = Provider(slug: "tea", entry: entry, origin: .builtIn)
      // It has the fields of all scripts, so that every name is known; no script uses them all.
      let findings = GuideLint.findings(for: provider, guide: nil, file: "tea.yaml").filter {
        !$0.message.hasSuffix("is asked and used nowhere")
      }
      #expect(findings == [], "\(member.key)")
      #expect(provider.usher.check.count == member.value.list?.count)
      for (step, value) in zip(provider.usher.check, member.value.list ?? []) {
        #expect(step.answers.count == value["answers"]?.list?.count ?? 0, "\(member.key)")
      }
    }
  }

  @Test func `an entry's own check goes before the one it names`() throws {
    let provider = try makeProvider(
      "auth_mode: BASIC\ncredentials_verification_script: skio\nusher: {check: [{url: /own}]}\n")
    #expect(provider.usher.check.map(\.url) == ["/own"])
  }

  @Test func `a name that is not known leads to nothing`() throws {
    let provider = try makeProvider("auth_mode: BASIC\ncredentials_verification_script: gone\n")
    #expect(provider.usher.check.isEmpty)
  }

  @Test(arguments: [
    ("200", [200], [201, 404]), ("2xx", [200, 299], [199, 300]), ("[2xx, 400]", [204, 400], [401]),
    ("{not: 200}", [203, 500], [200]), ("{not: [2xx, 404]}", [400], [200, 404]),
  ])
  func `statuses are told apart`(_ yaml: String, _ inside: [Int], _ outside: [Int]) throws {
    let value = try YAMLReader.read(Array("a: \(yaml)".utf8), file: "a").value["a"]
    let set = try #require(value.flatMap(StatusSet.init))
    #expect(inside.allSatisfy(set.contains))
    #expect(!outside.contains(where: set.contains))
  }
}
