import GuideText
import GuideTools
import ProviderFormat
import Testing

@Suite("Templates")
struct TemplateLintTests {
  /// The names that the lint finds at fault in an entry.
  private func faults(_ yaml: String) throws -> [String] {
    let provider = try makeProvider("display_name: Tea\n" + yaml)
    return GuideLint.findings(for: provider, guide: nil, file: "p.yaml").map(\.message)
      .filter { $0.hasPrefix("nothing fills") || $0.hasPrefix("there is no function") }
  }

  @Test(arguments: [
    ("a ${b} c", ["b"]), ("${base64(${a}:${b})}", ["a", "b"]),
    ("${sha256Hex(${base64(${a}${now:X}${b})}${c})}${d}", ["a", "b", "c", "d"]),
    ("${ed25519Sign(x, ${sha256Base64(${a}, ${b})}, ${c})}", ["a", "b", "c"]),
    ("${base64(${a}", ["a"]), ("${}", []), ("${random}${now}", []),
  ])
  func `a template names what is in it and in its functions`(_ text: String, _ names: [String]) {
    #expect(Template(text).names == names)
  }

  @Test func `a function's arguments end where its own brace closes`() {
    let inner = Template(parts: [.name("a"), .literal(",")])
    #expect(
      Template("${hmacSha1Hex(${base64(${a},)}, k)}!").parts == [
        .call(
          .hmacSha1Hex,
          [Template(parts: [.call(.base64, [inner])]), Template(parts: [.literal("k")])]),
        .literal("!"),
      ])
  }

  /// Entries of which the format fills every name.
  @Test(arguments: [
    """
    auth_mode: TWO_STEP
    token_response: {token: a}
    token_response_headers: [set-cookie]
    proxy:
      base_url: https://tea.example
      headers: {cookie: '${credentials._cookies}', x: '${base64(:${credentials.token})}'}
      query: {account: '${credentials.raw.accountID}', t: '${accessToken}'}
    """,
    """
    auth_mode: JWT
    token:
      signing_key: ${credentials.privateKey.secret}
      header: {alg: HS256, kid: '${credentials.privateKey.id}'}
    credentials:
      privateKey: {type: string, title: Key, secret: true}
    proxy: {base_url: 'https://tea.example', headers: {authorization: 'Tea ${accessToken}'}}
    """,
    """
    auth_mode: TWO_STEP
    token_url: https://tea.example
    signature: {protocol: RSA}
    token_params: {a: '${token}'}
    additional_steps:
      - {token_url: '${step1.url}/x', token_params: {b: '${step1.x}'}}
      - {token_url: '${step2.url}', token_headers: {c: '${step1.x}'}}
    """,
    """
    auth_mode: OAUTH2_CC
    token_params: {a: '${clientId}:${clientSecret}:${tenant}'}
    refresh_token_params: {b: '${refresh_token}'}
    connection_config: {tenant: {type: string, title: Tenant}}
    """,
    "auth_mode: OAUTH2\nauthorization_url: https://tea.example/${anything}",
  ])
  func `names that the format fills are known`(_ yaml: String) throws {
    let findings = GuideLint.findings(
      for: try makeProvider(yaml), guide: nil, file: "p.yaml"
    ).map(\.message)
    #expect(
      findings.filter { $0.contains("fills") || $0.contains("used nowhere") || $0.contains("${") }
        == [])
  }

  @Test(arguments: [
    ("auth_mode: API_KEY\nproxy: {headers: {a: '${accessToken}'}}", "${accessToken}"),
    ("auth_mode: API_KEY\nproxy: {headers: {a: '${nowhere}'}}", "${nowhere}"),
    (
      "auth_mode: API_KEY\nproxy: {headers: {a: '${bodyParams}'}}",
      "${bodyParams}"
    ),
    ("auth_mode: API_KEY\nproxy: {base_url: 'https://${host}'}", "${host} in an address"),
    ("auth_mode: API_KEY\nproxy: {query: {a: '${path}'}}", "${path} in a query"),
    ("auth_mode: OAUTH2_CC\ntoken_headers: {a: '${method}'}", "${method} in a token request"),
    ("auth_mode: TWO_STEP\ntoken_params: {a: '${step1.x}'}", "${step1.x}"),
    (
      "auth_mode: TWO_STEP\nadditional_steps: [{token_url: '${step2.x}'}, {token_url: a}]",
      "${step2.x} in a token request"
    ),
    (
      "auth_mode: TWO_STEP\nusher: {check: [{url: '/', headers: {a: '${accessToken}'}}]}",
      "${accessToken} in a header"
    ),
  ])
  func `what the engine cannot fill is found`(_ yaml: String, _ name: String) throws {
    #expect(try faults(yaml) == ["nothing fills \(name)"])
  }

  @Test func `a function that there is not is named`() throws {
    #expect(
      try faults("auth_mode: API_KEY\nproxy: {headers: {a: '${base46(${apiKey})}'}}")
        == ["there is no function base46"])
  }

  @Test func `what an answer means is no template`() throws {
    let yaml = """
      auth_mode: API_KEY
      usher: {check: [{url: /, answers: [{means: refused, say: 'Set ${TEA_KEY} anew.'}]}]}
      """
    #expect(try faults(yaml) == [])
  }
}
