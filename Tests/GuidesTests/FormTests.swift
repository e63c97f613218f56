import Basics
import Testing

@testable import Catalogues
@testable import GuideText
@testable import ProviderFormat

/// A provider from its entry's YAML.
func makeProvider(_ yaml: String, slug: String = "sample") throws -> Provider {
  let result = try YAMLReader.read(Array(yaml.utf8), file: "provider.yaml")
  return Provider(slug: slug, entry: try #require(result.value.map), origin: .builtIn, line: 1)
}

@Suite("Forms")
struct FormTests {
  private func form(_ yaml: String, guide: Guide? = nil) throws -> Form {
    Form(provider: try makeProvider(yaml), guide: guide)
  }

  @Test(arguments: [
    ("API_KEY", ["apiKey"]), ("BASIC", ["username", "password"]),
    ("SIGNATURE", ["username", "password"]),
    ("OAUTH2_CC", ["client_id", "client_secret"]),
    ("BILL", ["username", "password", "organization_id", "dev_key"]),
    (
      "TBA",
      ["oauth_client_id_override", "oauth_client_secret_override", "token_id", "token_secret"]
    ),
    ("AWS_SIGV4", ["role_arn"]), ("TWO_STEP", []), ("JWT", []), ("NONE", []), ("APP_STORE", []),
  ])
  func `a mode asks for its credentials even when the entry says nothing`(
    _ mode: String, _ names: [String]
  ) throws {
    let fields = try form("auth_mode: \(mode)").fields.filter { !$0.isSetting }
    #expect(fields.map(\.id) == names.map { .init(.credentials, $0) })
    #expect(fields.map(\.order) == names.indices.map { 100 + $0 })
  }

  @Test func `client credentials change with the way the client is authenticated`() throws {
    #expect(
      try form("auth_mode: OAUTH2_CC\nrequire_client_certificate: true").fields.map(\.id.name)
        == ["client_id", "client_secret", "client_certificate", "client_private_key"])
    #expect(
      try form(
        "auth_mode: OAUTH2_CC\ntoken_request_auth_method: private_key_jwt\ncredentials: {client_private_key: {title: K}}"
      )
      .fields.map(\.id.name) == ["client_id", "client_private_key"])
  }

  @Test func `settings with an order come first, the others behind the credentials`() throws {
    let fields = try form(
      """
      auth_mode: BASIC
      credentials:
        extra: {title: Extra, order: 1}
        password: {title: P}
        gone: {automated: true}
      connection_config:
        last: {title: Last}
        zero: {title: Zero, order: 0}
        second: {title: Second, order: 2}
        first: {title: First, order: 1}
        filled: {automated: true, order: 1}
      assertion_option:
        key: {title: Key}
      """
    ).fields
    #expect(
      fields.map(\.id.description) == [
        "params.first", "params.second", "credentials.username", "credentials.password",
        "credentials.extra",
        "params.last", "params.zero", "assertion_option.key",
      ])
    #expect(fields.map(\.order) == [1, 2, 100, 101, 102, 103, 104, 105])
  }

  @Test
  func `a two-step provider asks for the settings of the integration as mandatory credentials`()
    throws
  {
    let fields = try form(
      "auth_mode: TWO_STEP\ncredentials: {user: {title: U}}\nintegration_config: {user: {title: X}, clientId: {title: C, optional: true, order: 1}}"
    ).fields
    #expect(fields.map(\.id.description) == ["credentials.user", "credentials.clientId"])
    #expect(fields.map(\.acceptsEmpty) == [false, false])
    let settings = try form("auth_mode: API_KEY\nintegration_config: {x: {title: X}}").fields
    #expect(settings.map(\.isSetting) == [true, false])
  }

  @Test func `labels fall back to the known names of credentials, else to the name`() throws {
    let fields = try form(
      "auth_mode: BASIC\ncredentials: {password: {title: ''}, other: {}}\nconnection_config: {username: {}}"
    ).fields
    #expect(fields.map(\.label) == ["User Name", "Password", "other", "username"])
  }

  @Test func `initial values and empty values follow the declaration`() throws {
    let fields = try form(
      """
      auth_mode: TWO_STEP
      credentials:
        plain: {title: A}
        default: {title: B, default_value: x}
        empty: {title: C, default_value: ''}
        choice: {title: D, enum: [one, two]}
        optionalChoice: {title: E, enum: [one, two], optional: true}
        hidden: {hidden: true, enum: [one]}
        formatted: {title: F, format: hostname, default_value: ''}
      """
    ).fields
    #expect(fields.map(\.initial) == ["", "x", "", "one", "", "", ""])
    #expect(fields.map(\.acceptsEmpty) == [false, true, true, false, true, true, false])
    #expect(fields.map(\.isPrompted) == [true, true, true, true, true, false, true])
  }

  @Test func `a field belongs to the step its section leads to, else to the last one`() throws {
    let guide = readGuide("## Step 1: A\n## Step 2: B\n## Step 3: C")
    let yaml =
      "auth_mode: TWO_STEP\ncredentials:\n  a: {doc_section: '#step-2-b'}\n  b: {}\n  c: {doc_section: '#nowhere'}\n"
    #expect(try form(yaml, guide: guide).fields.map(\.step) == [1, 2, 2])
    #expect(try form(yaml).fields.map(\.step) == [nil, nil, nil])
    #expect(try form(yaml, guide: readGuide("Text")).fields.map(\.step) == [nil, nil, nil])
  }

  @Test func `flags in quotes still mean what they say`() throws {
    let fields = try form(
      "auth_mode: NONE\nconnection_config: {a: {secret: 'true', optional: 'true', title: A}}"
    ).fields
    #expect(fields[0].isMasked)
    #expect(fields[0].acceptsEmpty)
  }
}
