import Basics
import ProviderFormat
import Testing

/// One provider of each auth mode with every kind of declaration, and what the form makes of it.
@Suite("The form of every auth mode")
struct AuthModeFormTests {
  /// A field of every kind in every part of an entry.
  private static let declarations = """
    credentials:
      extra: {title: Extra, order: 1}
      filled: {automated: true}
      concealed: {hidden: true}
    connection_config:
      late: {title: Late, enum: [1, 2]}
      zero: {title: Zero, order: 0, optional: true, enum: [a]}
      early: {title: Early, order: 2, default_value: 7}
      earliest: {title: Earliest, order: 1}
      ignored: {automated: true}
    assertion_option:
      signing: {title: Signing}
    integration_config:
      extra: {title: Never}
      owned: {title: Owned, optional: true}
    """

  /// What stands in front of all, because the application's owner has to give it.
  private static let askedForConsent = [
    "OAUTH1": client, "OAUTH2": client, "MCP_OAUTH2": client, "APP": key, "CUSTOM": client + key,
    "INSTALL_PLUGIN": ["username", "password"],
  ]
  private static let client = ["oauth_client_id_override", "oauth_client_secret_override"]
  private static let key = ["app_id", "private_key"]

  @Test(arguments: [
    ("API_KEY", ["apiKey"]), ("BASIC", ["username", "password"]),
    ("SIGNATURE", ["username", "password"]), ("OAUTH2_CC", ["client_id", "client_secret"]),
    ("BILL", ["username", "password", "organization_id", "dev_key"]),
    (
      "TBA",
      ["oauth_client_id_override", "oauth_client_secret_override", "token_id", "token_secret"]
    ),
    ("AWS_SIGV4", ["role_arn"]), ("JWT", []), ("NONE", []), ("OAUTH2", []), ("OAUTH1", []),
    ("APP", []), ("CUSTOM", []), ("MCP_OAUTH2", []), ("INSTALL_PLUGIN", []), ("UNHEARD_OF", []),
    ("TWO_STEP", []),
  ])
  func `fields come in the order of the format`(_ mode: String, _ base: [String]) throws {
    let form = Form(
      provider: try makeProvider("auth_mode: \(mode)\n\(Self.declarations)"), guide: nil)
    let asked = (Self.askedForConsent[mode] ?? []).map { "credentials.\($0)" }
    // A token is fetched with what the owner of the integration set; elsewhere the owner is asked first of all.
    let owned = mode == "TWO_STEP" ? ["credentials.owned"] : []
    let settings =
      mode == "TWO_STEP"
      ? []
      : ["integration_config.extra", "integration_config.owned"]
        + (mode == "AWS_SIGV4" ? ["params.external_id"] : [])
    #expect(
      form.fields.map(\.id.description)
        == asked + settings + ["params.earliest", "params.early"] + base.map { "credentials.\($0)" }
        + ["credentials.extra", "credentials.concealed"] + owned
        + ["params.late", "params.zero", "assertion_option.signing"])
    let numbered = form.fields.dropFirst(asked.count + settings.count + 2)
    #expect(numbered.map(\.order) == Array(100..<100 + numbered.count))
    #expect(form.fields.filter { !$0.isPrompted }.map(\.id.name) == ["concealed"])
    for name in base {
      let field = try #require(form.fields.first { $0.id.name == name })
      #expect(!field.acceptsEmpty)
      #expect(field.label != name)
    }
  }

  @Test func `what a field starts with and whether it may be empty follow its declaration`() throws
  {
    let form = Form(
      provider: try makeProvider("auth_mode: TWO_STEP\n\(Self.declarations)"), guide: nil)
    func field(_ name: String) throws -> FormField {
      try #require(form.fields.first { $0.id.name == name })
    }
    #expect(try field("early").initial == "7")
    #expect(try field("early").acceptsEmpty)
    #expect(try field("late").initial == "1")
    #expect(try field("late").field.choices == ["1", "2"])
    #expect(try field("zero").initial == "")
    #expect(try field("zero").acceptsEmpty)
    #expect(try !field("owned").acceptsEmpty)
    #expect(try field("concealed").initial == "")
  }

  @Test(arguments: [
    ("", ["client_id", "client_secret"]),
    ("token_request_auth_method: basic", ["client_id", "client_secret"]),
    ("token_request_auth_method: private_key_jwt", ["client_id"]),
    (
      "require_client_certificate: 'true'",
      ["client_id", "client_secret", "client_certificate", "client_private_key"]
    ),
    (
      "token_request_auth_method: private_key_jwt\nrequire_client_certificate: true",
      ["client_id", "client_certificate", "client_private_key"]
    ),
  ])
  func `a client is asked for what its way of proving itself needs`(
    _ keys: String, _ names: [String]
  ) throws {
    let form = Form(provider: try makeProvider("auth_mode: OAUTH2_CC\n\(keys)\n"), guide: nil)
    #expect(form.fields.map(\.id.name) == names)
    #expect(form.fields.filter(\.isMasked).map(\.id.name) == names.filter { $0 != "client_id" })
  }

  @Test func `members of another type than the format's mean what they look like`() throws {
    let provider = try makeProvider(
      """
      auth_mode: NONE
      display_name: 3
      categories: crm
      token_url: {OAUTH2: a, OAUTH2_CC: b}
      connection_config:
        odd:
          title: 12
          description: true
          example: 0x1F
          default_value: 1.0
          enum: [1, two, null, {a: b}]
          optional: 'yes'
          secret: "true"
          order: '2'
          prefix: 8080
        none:
        text: just a text
      """)
    #expect(provider.displayName == "3")
    #expect(provider.categories == ["crm"])
    #expect(provider.entry["token_url"]?.map?.members.count == 2)
    let odd = provider.fields[0]
    #expect([odd.title, odd.description, odd.example] == ["12", "true", "31"])
    #expect(odd.defaultValue == "1")
    #expect(odd.choices == ["1", "two"])
    #expect(!odd.isOptional)
    #expect(odd.isDeclaredSecret)
    #expect(odd.order == 2)
    #expect(odd.prefix == "8080")
    #expect(provider.fields.map(\.id.name) == ["odd", "none", "text"])
  }
}
