import GuideText
import GuideTools
import ProviderFormat
import TestSupport
import Testing

@Suite("The lint")
struct LintTests {
  private func lint(_ yaml: String, guide: String? = nil) throws -> [GuideFinding] {
    GuideLint.findings(for: try makeProvider(yaml), guide: guide.map(readGuide), file: "p.yaml")
  }

  private static let sound = """
    display_name: Tea
    auth_mode: API_KEY
    proxy:
      base_url: https://api.tea.example
      headers: {authorization: 'Bearer ${apiKey}'}
    credentials:
      apiKey: {type: string, title: Key, secret: true, doc_section: '#step-1-get-it'}

    """

  @Test func `a sound provider with its guide has no findings`() throws {
    #expect(try lint(Self.sound, guide: "---\ntitle: Tea\n---\n## Step 1: Get it") == [])
  }

  /// A line to add to a sound provider, what the finding says, and the line it is on.
  @Test(arguments: [
    ("displayname: x", "unknown key \"displayname\" in \"sample\"", 8),
    ("connection_config:\n  a: {titel: A}", "unknown key \"titel\" in field \"a\"", 9),
    ("connection_config:\n  a: {title: A, format: ip}", "the format ip of \"a\" is not known", 9),
    (
      "connection_config:\n  a: {title: A, hidden: yes}",
      "\"hidden\" of field \"a\" is not true or false", 9
    ),
    ("connection_config:\n  a: {title: A, type: number}", "the type of \"a\" is number", 9),
    ("connection_config:\n  a: {title: A, enum: []}", "the enum of \"a\" has no entries", 9),
    ("connection_config:\n  a: text", "the field \"a\" is not a map", 9),
    (
      "connection_config:\n  a: {title: A, pattern: '[z-a]'}", "not valid and is skipped: a range",
      9
    ),
    ("connection_config:\n  a: {title: A, pattern: 'a^b'}", "contradicts itself", 9),
    ("connection_config:\n  a: {title: A, pattern: '$x'}", "contradicts itself", 9),
    (
      "connection_config:\n  a: {title: A, pattern: '^[0-9]+$', example: x1}",
      "the example of \"a\" does not match", 9
    ),
    (
      "connection_config:\n  a: {title: A, pattern: '^[0-9]+$', default_value: x}",
      "the default_value of \"a\"", 9
    ),
    (
      "connection_config:\n  a: {title: A, pattern: '^[0-9]+$', enum: ['1', b]}",
      "the choice \"b\" of \"a\"", 9
    ),
    ("connection_config:\n  token: {title: Token}", "\"token\" looks like a secret", 9),
    (
      "connection_config:\n  a: {title: A, doc_section: '#nowhere'}", "leads nowhere in the guide",
      9
    ),
    (
      "connection_config:\n  a: {title: A, doc_section: '#step-2-get-it'}",
      "\"Step 1: Get it\" is taken for it", 9
    ),
    ("connection_config:\n  a: {title: A}", "no step explains \"a\"", 9),
    ("token_url: https://x/${connectionConfig.gone}", "nothing fills ${connectionConfig.gone}", 8),
    (
      "token_params: {a: 'x ${base64(${credentials.nope}:y)}'}",
      "nothing fills ${credentials.nope}", 8
    ),
    ("token_url: https://x/${apiKey", "a ${ is not closed", 8),
    ("categories: [hrr]", "the category \"hrr\"", 8),
    ("categories: {a: b}", "\"categories\" of \"sample\" is not a list", 8),
    ("docs: http://tea.example", "docs is no https address", 8),
    ("body_format: yaml", "the body_format yaml is not known", 8),
    ("connection_config:\n  a: {title: Key}", "the same title as \"apiKey\"", 9),
    ("connection_config:\n  a: {title: A, enum: [x]}", "only one entry", 9),
    ("connection_config:\n  a: {title: A, enum: [x, x]}", "an entry twice", 9),
    (
      "connection_config:\n  a: {title: A, enum: [x, y], default_value: z}",
      "none of its choices", 9
    ),
    (
      "connection_config:\n  a: {title: A, enum: [x, y], warnings: {z: No}}",
      "\"a\" warns of \"z\"", 9
    ),
    ("connection_config:\n  a: {title: A, order: 0}", "the order 0 of \"a\" has no effect", 9),
    ("assertion_option:\n  a: {title: A, order: 1}", "the order of \"a\" has no effect", 9),
    ("connection_config:\n  a: {title: A, hidden: true}", "is never sent", 9),
    ("connection_config:\n  a: {title: A, doc_section: step-1}", "is no fragment", 9),
    ("connection_config:\n  a: {title: A, visible_when: {field: b}}", "does not say of which", 9),
    (
      "connection_config:\n  a: {title: A, visible_when: {field: b, equals: c}}",
      "names \"b\", which is no field", 9
    ),
    (
      "connection_config:\n  a: {title: A, visible_when: {field: b, equals: c}}\n  b: {title: B, enum: [x, y]}",
      "\"c\" is no choice of \"b\"", 9
    ),
    (
      "connection_config:\n  a: {title: A, visible_when: {field: a, equals: c}}",
      "the conditions lead in a circle", 9
    ),
    ("connection_config:\n  a: {title: A}", "\"a\" is asked and used nowhere", 9),
    ("connection_config:\n  a: {title: A, pattern: '^a$|b^c'}", "can never match", 9),
    ("connection_config:\n  a: {title: A, pattern: 'ab'}", "found in a part of the value", 9),
    (
      "connection_config:\n  a: {title: A, format: hostname, pattern: '^https://'}",
      "wants a \"/\", which its format hostname", 9
    ),
    (
      "connection_config:\n  a: {title: A, format: uuid, pattern: '^[0-9a-f]{32}$'}",
      "allows 32 characters", 9
    ),
    (
      "connection_config:\n  a: {title: A, pattern: '^[0-9]{8}$', example: '12****'}",
      "hides characters", 9
    ),
    ("usher: {chek: []}", "unknown key \"chek\" in usher", 8),
    ("usher: text", "usher is not a map", 8),
    ("usher: {check: {url: /a}}", "usher.check is not a list", 8),
    ("usher: {check: [{method: GET}]}", "has no url", 8),
    ("usher: {check: [{url: /a, method: FETCH}]}", "the method FETCH is not known", 8),
    ("usher: {check: [{url: '/${derived.id}'}]}", "nothing fills ${derived.id}", 8),
    (
      "usher: {check: [{url: /a, skip_when: {field: params.x, equals: a}}]}",
      "\"sample\" has no field params.x", 8
    ),
    ("usher: {check: [{url: /a, answers: [{status: 200}]}]}", "does not say what it means", 8),
    ("usher: {check: [{url: /a, answers: [{status: ok, means: accepted}]}]}", "no HTTP status", 8),
    (
      "usher: {check: [{url: /a, answers: [{means: accepted, read: {mail: x}}]}]}",
      "the fact \"mail\" is not known", 8
    ),
    ("usher: {check: [{url: /a, answers: [{status: 6xx, means: accepted}]}]}", "no HTTP status", 8),
    (
      "usher: {check: [{url: /a, answers: [{where: {a: {is: tree}}, means: accepted}]}]}",
      "the condition on \"a\" is not known", 8
    ),
    ("usher: {check: [{url: /a, answers: [{where: a, means: accepted}]}]}", "not a map", 8),
    (
      "usher: {check: [{url: /a, answers: [{contains: {a: b}, means: accepted}]}]}",
      "neither a text nor a list", 8
    ),
    ("usher: {check: [{url: /a, method: POST, form: {}, body: {}}]}", "more than one body", 8),
    ("usher: {check: [{url: /a, body: {}}]}", "a GET request sends no body", 8),
    ("usher: {check: [{url: /a, method: POST, form: a}]}", "the form of a request is not a map", 8),
    ("usher: {check: [{url: /a, method: POST, xml: {}}]}", "the xml of a request is not a text", 8),
    (
      "usher: {check: [{url: /a, method: POST, xml: '<a><![CDATA[${apiKey}]]></a>'}]}",
      "a placeholder stands between", 8
    ),
    ("usher: {check: [{url: /a, query: [b]}]}", "query of a request is not a map of texts", 8),
    (
      "usher: {check: [{url: /a, fallback: maybe}]}",
      "\"fallback\" of usher.check is not true or false", 8
    ),
    (
      "usher: {check: [{url: /a, answers: {means: accepted}}]}",
      "usher.check.answers is not a list",
      8
    ),
    ("usher: {env: {params.x: TEA_X}}", "has no field params.x", 8),
    ("usher: {severity: error}", "usher.severity is not a map", 8),
    ("usher: {check: [{url: /a, headers: {b: [c]}}]}", "headers of a request is not a map", 8),
    ("credentials_verification_script: gone", "the check \"gone\" is not known", 8),
    ("usher: {derive: [{name: a}]}", "has no source", 8),
    ("usher: {derive: [{text: a}]}", "neither field nor name", 8),
    ("usher: {derive: [{name: a, from: credentials.apiKey, pattern: 'x'}]}", "has no group", 8),
    ("usher: {derive: [{name: a, from: credentials.apiKey, pattern: '(x'}]}", "is not valid", 8),
    (
      "usher: {hints: [{field: apiKey, starts_with: a, verdict: right}]}",
      "not named with its scope", 8
    ),
    ("usher: {hints: [{field: credentials.apiKey, verdict: right}]}", "no starts_with", 8),
    (
      "usher: {hints: [{field: credentials.apiKey, starts_with: a, verdict: bad}]}",
      "no known verdict", 8
    ),
    (
      "usher: {hints: [{field: credentials.apiKey, starts_with: a, verdict: wrong}]}",
      "does not say what the wrong value is", 8
    ),
    ("usher: {severity: {credentials.apiKey: loud}}", "the severity of", 8),
    ("usher: {revoke: {page: tea.example}}", "no https address", 8),
    ("usher: {revoke: {method: DELETE}}", "has a method and no url", 8),
    ("usher: {revoke: {url: /keys}}", "has a url and no method", 8),
    ("usher: {revoke: {method: ERASE, url: /keys}}", "the method ERASE is not known", 8),
    (
      "usher: {revoke: {method: POST, url: /k, body: {}, form: {a: b}}}",
      "a request of usher.revoke has more than one body", 8
    ),
    ("usher: {revoke: {page: 'https://a.example', body: {}}}", "no request that it belongs", 8),
    ("usher: {revoke: {}}", "says no way", 8),
    ("usher: {revoke: {token_url: 'https://a.example/r'}}", "no tokens that a person", 8),
    ("usher: {revoke: {method: DELETE, url: '/k/${derived.x}'}}", "nothing fills", 8),
  ])
  func `a mistake is found with its line`(_ added: String, _ message: String, _ line: Int) throws {
    let findings = try lint(
      Self.sound + added + "\n", guide: "---\ntitle: Tea\n---\n## Step 1: Get it")
    let found = try #require(
      findings.first { $0.message.contains(message) }, "\(findings.map(\.message))")
    #expect(found.line == line)
    #expect(found.advice?.isEmpty == false)
    #expect(!found.message.hasSuffix("."))
    #expect(found.file == "p.yaml")
  }

  @Test(arguments: [
    ("auth_mode: API_KEY", "no proxy"), ("display_name: X", "no auth_mode"),
    ("auth_mode: FOO", "FOO is not known"),
    ("auth_mode: API_KEY\nproxy: {base_url: 'http://x'}", "not encrypted"),
    (
      "auth_mode: API_KEY\nproxy: {base_url: 'https://x', verification: {method: GET}}",
      "names no endpoint"
    ),
    ("auth_mode: API_KEI", "API_KEI is not known"),
    ("auth_mode: OAUTH2_CC", "has no token_url"),
    ("auth_mode: TWO_STEP\ntoken_url: https://x", "where the token stands"),
    ("auth_mode: BASIC\nproxy: {headers: {}}", "proxy has no base_url"),
    ("auth_mode: BASIC\nproxy: {verification: {endpoints: [/a]}}", "has no base_url to begin"),
    ("auth_mode: BASIC\nproxy: {base_url: api.tea.example}", "no whole address"),
    (
      "auth_mode: API_KEY\nproxy: {base_url: 'https://x', verification: {endpoints: [/a], method: LOOK}}",
      "LOOK is not known"
    ),
    (
      "auth_mode: API_KEY\ncredentials_verification_script: s\nproxy: {verification: {endpoints: [/a]}}",
      "exclude each other"
    ),
  ])
  func `an entry that cannot work is found`(_ yaml: String, _ message: String) throws {
    #expect(try lint(yaml).contains { $0.message.contains(message) })
  }

  /// What an entry says of requests after the check, and what is said of it.
  @Test(arguments: [
    ("retry: {at: [{}]}", "\"at\" of proxy.retry names no header"),
    ("retry: {after: {}}", "\"after\" of proxy.retry names no header"),
    ("retry: {error_code: [600]}", "error_code of proxy.retry is no status"),
    ("retry: {remainder: x}", "unknown key \"remainder\" in proxy.retry"),
    ("retry: {in_body: {path: a}}", "in_body of proxy.retry does not say where"),
    ("retry: {in_body: {path: a, value: /(x/}}", "in_body is not valid and is skipped"),
    (
      "retry: {in_body: {path: a, value: (x), strategy: later}}",
      "the strategy later is not known"
    ),
    ("paginate: {type: pages}", "does not say how pages follow each other"),
    ("paginate: {type: cursor, cursor_path_in_response: a}", "in which parameter the cursor goes"),
  ])
  func `what is wrong with later requests is found`(_ added: String, _ message: String) throws {
    let yaml = Self.sound.replacing("proxy:\n", with: "proxy:\n  \(added)\n")
    let findings = try lint(yaml).filter { $0.message.contains(message) }
    #expect(findings.map(\.line) == [4])
  }

  @Test func `what cannot be right is an error, what may be is not`() throws {
    let severities = try lint(
      Self.sound
        + """
        connection_config:
          a: {title: A, pattern: '^[0-9]+$', example: '12****', doc_section: '#step-1-get-it'}
        token_url: https://${connectionConfig.a}/${connectionConfig.gone}

        """, guide: "---\ntitle: Tea\n---\n## Step 1: Get it"
    ).map(\.severity)
    #expect(severities == [.note, .error])
  }

  @Test func `an answer with a condition that cannot be read is not read`() throws {
    let provider = try makeProvider(
      "usher: {check: [{url: /a, answers: [{where: x, means: accepted}, {means: refused}]}]}")
    #expect(provider.usher.check[0].answers.map(\.means) == [.refused])
  }

  @Test func `the names of variables are no unknown key`() throws {
    let findings = try lint(Self.sound + "usher: {env: {credentials.apiKey: TEA_KEY}}")
    #expect(!findings.contains { $0.message.contains("env") })
  }

  @Test func `names that the engine fills are known`() throws {
    let more = """
      token_headers: {a: '${random} ${now+7:days:X} ${base64(${apiKey}:)} ${connectionConfig.given}'}
      token_response_metadata: [given]

      """
    #expect(try lint(Self.sound + more, guide: "---\ntitle: Tea\n---\n## Step 1: Get it") == [])
  }
}
