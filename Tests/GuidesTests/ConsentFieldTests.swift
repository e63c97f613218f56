import Basics
import Catalogues
import ProviderFormat
import Testing

/// What is asked for a link with a person's consent besides what an entry declares.
@Suite("Fields for a person's consent")
struct ConsentFieldTests {
  private struct Case: CustomTestStringConvertible {
    let name: String
    let entry: String
    /// With a `?` for what may stay empty.
    let asked: [String]
    var slug = "sample"

    var testDescription: String { name }
  }

  private static let client = ["oauth_client_id_override", "oauth_client_secret_override?"]
  private static let signing = ["oauth_client_id_override", "oauth_client_secret_override"]

  /// The table of browser-flows 1.5 stands among them: settings that a server would fill, and nothing in the flow does.
  private static let cases = [
    Case(name: "an application", entry: "auth_mode: OAUTH2", asked: client),
    // It signs with the secret.
    Case(
      name: "OAuth 1", entry: "auth_mode: OAUTH1",
      asked: signing),
    Case(
      name: "MCP, registered by hand",
      entry: "auth_mode: MCP_OAUTH2\nclient_registration: static", asked: client),
    Case(
      name: "MCP, registers itself",
      entry:
        "auth_mode: MCP_OAUTH2\nclient_registration: dynamic\nregistration_url: https://a.example/r",
      asked: []),
    Case(
      name: "MCP, a hosted document", entry: "auth_mode: MCP_OAUTH2\nclient_registration: cimd",
      asked: ["oauth_client_id_override"]),
    Case(
      name: "any server of MCP", entry: "auth_mode: MCP_OAUTH2_GENERIC",
      asked: ["oauth_client_id_override?", "oauth_client_secret_override?"]),
    Case(
      name: "a plugin",
      entry: """
        auth_mode: INSTALL_PLUGIN
        authorization_url: https://a.example/${connectionConfig.link}
        redirect_uri_metadata: [website_id]
        connection_config: {website_id: {automated: true}, link: {automated: true}}
        """,
      asked: ["username", "password", "website_id", "link?"]),
    Case(
      name: "an application that is installed",
      entry: """
        auth_mode: APP
        authorization_url: ${connectionConfig.appPublicLink}/installations/new
        token_url: https://a.example/${connectionConfig.installation_id}/access_tokens
        connection_config: {appPublicLink: {automated: true}, installation_id: {automated: true}}
        """,
      asked: ["app_id", "private_key", "appPublicLink?"]),
    Case(
      name: "the same with a user",
      entry: """
        auth_mode: CUSTOM
        authorization_url: ${connectionConfig.appPublicLink}/installations/new
        token_url: {APP: 'https://a.example/${connectionConfig.installation_id}/access_tokens'}
        connection_config: {appPublicLink: {automated: true}, installation_id: {automated: true}}
        """,
      asked: client + ["app_id", "private_key", "appPublicLink"]),
    Case(
      name: "paycor: in the address, the token request and a header",
      entry: """
        auth_mode: OAUTH2
        authorization_params: {subscription-key: '${connectionConfig.subscriptionKey}'}
        token_url: https://a.example/token?subscription-key=${connectionConfig.subscriptionKey}
        connection_config: {subscriptionKey: {automated: true}}
        """, asked: client + ["subscriptionKey"]),
    Case(
      name: "google-ads: in a header",
      entry: """
        auth_mode: OAUTH2
        proxy: {headers: {developer-token: '${connectionConfig.developer_token}'}}
        connection_config: {developer_token: {automated: true, secret: true}}
        """, asked: client + ["developer_token"]),
    Case(
      name: "rippling: in the page's address",
      entry: """
        auth_mode: OAUTH2
        authorization_url: https://a.example/apps/${connectionConfig.appName}
        post_connection_script: any
        connection_config: {appName: {automated: true}}
        """, asked: client + ["appName"]),
    Case(
      name: "sage-200: in the base address, beside what a look-up finds",
      entry: """
        auth_mode: OAUTH2
        post_connection_script: any
        proxy:
          base_url: https://a.example/${connectionConfig.edition}
          headers: {x-site: '${connectionConfig.site_id}', x-company: '${connectionConfig.company_id}'}
        connection_config:
          edition: {automated: true}
          site_id: {automated: true}
          company_id: {automated: true}
        """, asked: client + ["edition"]),
    Case(
      name: "basecamp: with a right-hand side",
      entry: """
        auth_mode: OAUTH2
        proxy: {headers: {user-agent: '${connectionConfig.appDetails} || App'}}
        connection_config: {appDetails: {automated: true}}
        """, asked: client + ["appDetails?"]),
    Case(
      name: "found by the redirect, by the token, or used nowhere",
      entry: """
        auth_mode: OAUTH2
        redirect_uri_metadata: [realm]
        token_response_metadata: [restUrl]
        proxy: {base_url: 'https://${connectionConfig.restUrl}/${connectionConfig.realm}'}
        connection_config:
          realm: {automated: true}
          restUrl: {automated: true}
          other: {automated: true}
        """, asked: client),
    Case(
      name: "a key in place of a secret", entry: "auth_mode: OAUTH2",
      asked: ["oauth_client_id_override", "oauth_client_secret_override"],
      slug: "revolut-business"),
    Case(name: "how it is linked is not known", entry: "auth_mode: APP_STORE", asked: []),
    Case(
      name: "a form asks nothing of it",
      entry: """
        auth_mode: API_KEY
        proxy: {headers: {x: '${connectionConfig.version}'}}
        connection_config: {version: {automated: true}}
        credentials: {apiKey: {automated: true}}
        """, asked: []),
  ]

  private func shown(_ field: FormField) -> String {
    field.id.name + (field.acceptsEmpty ? "?" : "")
  }

  @Test(arguments: cases)
  private func `a link asks what nothing in it brings`(_ example: Case) throws {
    let provider = try makeProvider(example.entry, slug: example.slug)
    let form = Form(provider: provider, guide: nil)
    #expect(form.fields.filter { $0.id.name != "apiKey" }.map(shown) == example.asked)
    #expect(form.fields.allSatisfy { !$0.label.isEmpty && $0.isPrompted || $0.id.name == "apiKey" })
    let ofAccount = form.fields.filter { !$0.isOfApplication && $0.id.name != "apiKey" }
    #expect(ofAccount.map(\.id.name) == (example.name == "a plugin" ? ["website_id"] : []))
  }

  @Test func `secrets of an application are masked, and what names it is shown`() throws {
    let entries = [
      "auth_mode: CUSTOM", "auth_mode: INSTALL_PLUGIN\nredirect_uri_metadata: [website_id]",
    ]
    let fields = try entries.flatMap { try Form(provider: makeProvider($0), guide: nil).fields }
    #expect(
      fields.filter(\.isMasked).map(\.id.name)
        == ["oauth_client_secret_override", "private_key", "password"])
    #expect(
      fields.map(\.label) == [
        "Client ID", "Client secret", "App ID", "Private key", "Plugin identifier", "Plugin key",
        "Website ID",
      ])
  }

  @Test func `what an entry declares of itself counts`() throws {
    let provider = try makeProvider(
      """
      auth_mode: INSTALL_PLUGIN
      redirect_uri_metadata: [website_id]
      credentials: {username: {title: Name}, password: {automated: true}}
      connection_config: {website_id: {title: Site}}
      """)
    let form = Form(provider: provider, guide: nil)
    #expect(form.fields.map(\.label) == ["Plugin key", "Name", "Site"])
  }

  @Test func `they stand in front of all, without changing the numbers of others`() throws {
    let provider = try makeProvider(
      """
      auth_mode: OAUTH2
      integration_config: {owned: {title: Owned}}
      connection_config: {late: {title: Late}, early: {title: Early, order: 1}}
      """)
    let form = Form(provider: provider, guide: nil)
    #expect(form.fields.map(\.order) == [-3, -2, -1, 1, 100])
    #expect(form.fields.map(\.id.name).suffix(3) == ["owned", "early", "late"])
  }

  // MARK: The sample

  @Test(.enabled(if: Corpus.isThere))
  func `every provider of the sample asks for its application, and for nothing that is found`()
    throws
  {
    let catalogue = Catalogue(sources: [.namedFolder(try #require(Corpus.path) + "/flows-sample")])
    var extra: [String: [String]] = [:]
    for entry in catalogue.entries where !entry.authMode.isFormBased {
      let form = try #require(catalogue.form(entry.slug))
      let rules = AuthorizationRules(form.provider)
      for field in form.fields {
        #expect(!rules.foundInToken.contains(field.id.name), "\(entry.slug)")
        #expect(!rules.foundInRedirect.contains(field.id.name), "\(entry.slug)")
      }
      let names = form.fields.filter(\.isOfApplication).map(shown)
      let own = entry.authMode == .oauth1 ? Self.signing : Self.client
      if names != own { extra[entry.slug] = names }
    }
    #expect(
      extra == [
        "basecamp": Self.client + ["appDetails?"],
        "bigcommerce": Self.client + ["accountUuid"],
        "github-app": ["app_id", "private_key", "appPublicLink?"],
        "github-app-oauth": Self.client + ["app_id", "private_key", "appPublicLink"],
        "lovable-mcp": ["oauth_client_id_override"],
        "mcp-generic": ["oauth_client_id_override?", "oauth_client_secret_override?"],
        "paycor-sandbox": Self.client + ["subscriptionKey"],
        "robinhood-mcp": [], "sanity-mcp": [], "trigify-io-mcp": [],
      ])
  }
}
