import Drafts
import ProviderFormat
import Secrets
import Testing

/// Entries whose exact requests were worked out by hand from the format: what ECMAScript's `URL`, `URLSearchParams` and
/// `encodeURIComponent` make of marks that are rare in addresses, and which of two rules wins.
@Suite struct RequestTable {
  struct Case: Sendable, CustomTestStringConvertible {
    let what: String
    let entry: String
    let values: [String: String]
    let request: String

    /// A GET of an endpoint with an API key.
    static func get(
      _ what: String, _ endpoint: String, proxy: String = "", values: [String: String] = [:],
      _ address: String
    ) -> Case {
      Case(
        what: what,
        entry: """
          {"auth_mode":"API_KEY","proxy":{"base_url":"https://A.example:443/",\(proxy)
            "verification":{"endpoints":["\(endpoint)"]}}}
          """, values: values, request: "GET https://a.example/\(address)")
    }

    var testDescription: String { what }
  }

  static let addresses: [Case] = [
    .get("braces, bars and brackets of a query stay", "q?e={a|b}[^`]", "q?e={a|b}[^`]"),
    .get("braces of a path are encoded", "q/{a}/`|[x]", "q/%7Ba%7D/%60|[x]"),
    .get("an apostrophe is encoded in a query only", "it's?f=a eq 'b'", "it's?f=a%20eq%20%27b%27"),
    .get(
      "a query with a parameter of the proxy is written anew", "q?f={a},'b'%20c&d",
      proxy: #""query":{"key":"${apiKey}"},"#, values: ["credentials.apiKey": "k +*~'"],
      "q?f=%7Ba%7D%2C%27b%27+c&d=&key=k+%2B*%7E%27"),
    .get(
      "a parameter takes the place of the first of its name", "q?a=1&limit=1&b=2&limit=3",
      proxy: #""query":{"z":"9","limit":50},"#, "q?a=1&limit=50&b=2&z=9"),
    .get(
      "a parameter of an empty setting is left out", "q?x=a%20b",
      proxy: #""query":{"none":"p-${connectionConfig.none}"},"#, "q?x=a%20b"),
    .get("a fragment is not sent", "q?a=1#top", "q?a=1"),
    .get(
      "a value looks like a template, and is none", "q/${apiKey}",
      values: ["credentials.apiKey": "${apiKey}||x"], "q/%24%7BapiKey%7D%7C%7Cx"),
    .get("slashes before an endpoint are one", "//q", "q"),
  ]

  static let others: [Case] = [
    Case(
      what: "an underscore may stand in the part of a host",
      entry: """
        {"auth_mode":"OAUTH2_CC","token_url":"https://${connectionConfig.site}.a.example/t",
          "token_request_auth_method":"basic","body_format":"json"}
        """, values: ["credentials.client_id": "i", "params.site": "North_1"],
      request: "POST https://north_1.a.example/t content-type: application/json "
        + "authorization: Basic aTo= {}"),
    Case(
      what: "parameters in the query replace what stands there",
      entry: """
        {"auth_mode":"OAUTH2_CC","token_url":"https://a.example/t?grant_type=x&y=a%20b",
          "body_format":"query","token_params":{"grant_type":"client_credentials"}}
        """, values: ["credentials.client_id": "i&", "credentials.client_secret": "s"],
      request: "POST https://a.example/t?grant_type=client_credentials&y=a+b"
        + "&client_id=i%26&client_secret=s"),
    Case(
      what: "a content type is not made up for the body of a check",
      entry: """
        {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example",
          "body":{"key":"${apiKey}","none":{"deep":"${connectionConfig.none}"}},
          "verification":{"method":"POST","endpoints":["q"]}}}
        """, values: ["credentials.apiKey": "k\"||é"],
      request: #"POST https://a.example/q {"key":"k\"||é"}"#),
    Case(
      what: "nothing to send is no body",
      entry: """
        {"auth_mode":"API_KEY","proxy":{"base_url":"https://a.example",
          "headers":{"Authorization":"Key ${apiKey}","user-agent":"acme/1"},
          "verification":{"method":"post","endpoints":["q"],
            "headers":{"User-Agent":"other","AUTHORIZATION":"none"}}}}
        """, values: ["credentials.apiKey": "k"],
      request: "POST https://a.example/q authorization: none user-agent: acme/1"),
    Case(
      what: "a choice of the base address goes by the first setting that it names",
      entry: """
        {"auth_mode":"BASIC","proxy":{
          "base_url":"https://${connectionConfig.host}/x||https://${connectionConfig.old}.a.example",
          "verification":{"endpoints":["/q"]}}}
        """, values: ["credentials.username": "ü:", "params.old": "eu", "params.host": ""],
      request: "GET https://eu.a.example/q authorization: Basic w7w6Og=="),
    Case(
      what: "texts of a form are templates, other values are written as they are",
      entry: """
        {"auth_mode":"TWO_STEP","body_format":"form","token_url":"https://a.example/t?k=${credentials.k}",
          "token_params":{"flag":true,"n":5,"none":null,"x y":"${credentials.k}~*"},
          "credentials":{"k":{"type":"string"}}}
        """, values: ["credentials.k": "a b/'"],
      request: "POST https://a.example/t?k=a%20b%2F%27 "
        + "flag=true&n=5&none=null&x+y=a+b%2F%27%7E*"),
  ]

  @Test(arguments: addresses + others)
  func `the request is exact`(_ sample: Case) {
    var values = SecretValues()
    for (name, value) in sample.values {
      guard let id = Field.ID(name) else { continue }
      values.set(id, to: SecretBuffer(fixture: value))
    }
    let session = SessionUnderTest(
      Submission(provider: Fixture.provider(sample.entry), values: values))
    #expect(session.next() == sample.request)
  }
}
