import ArgumentParser
import Basics
import Connections
import Drafts
import ProviderFormat
import Secrets
import Synchronization
import Testing

@testable import Requests
@testable import usher

/// Answers as it is told to, and remembers what it was asked.
private final class ScriptedLinker: Linker {
  let asked = Mutex<[String]>([])
  let answer: @Sendable (borrowing LinkJob) -> LinkResult

  init(_ answer: @escaping @Sendable (borrowing LinkJob) -> LinkResult) { self.answer = answer }

  func prepare() {}
  func dismiss() {}

  func perform(
    _ job: consuming LinkJob, report: @escaping @Sendable (consuming LinkProgress) -> Void
  ) async -> LinkResult {
    let kind = job.kind
    asked.withLock { $0.append("\(kind)") }
    return answer(job)
  }
}

private func account(_ settings: [String: String] = [:]) -> LinkResult {
  var values = SecretMap<String>()
  values.set(TokenSet.accessTokenName, to: SecretBuffer(text: "token", capacity: 1))
  var found = SecretMap<String>()
  for (name, value) in settings { found.set(name, to: SecretBuffer(text: value, capacity: 1)) }
  return .linked(
    LinkedAccount(
      token: TokenSet(values: values, obtained: .now()), credentials: SecretMap(), settings: found,
      scopes: Scopes(["read"]), diagnosis: nil))
}

@Suite struct UnattendedLinkTests {
  private static let entry = """
    {"auth_mode":"OAUTH2","authorization_url":"https://a.example/authorize",
     "token_url":"https://a.example/token","default_scopes":["read","write"],
     "proxy":{"headers":{"x-key":"${connectionConfig.subscriptionKey}"}},
     "connection_config":{"subdomain":{"title":"Subdomain"},"subscriptionKey":{"automated":true}}}
    """

  private func form(_ entry: String = entry, slug: String = "acme") throws -> Form {
    let map = try #require(try entry.withBytes { try Value(json: $0) }.map)
    return Form(provider: Provider(slug: slug, entry: map, origin: .builtIn), guide: nil)
  }

  private func draft(
    _ json: String, _ form: Form, _ arguments: [String] = [],
    replacing old: consuming ConnectionRecord? = nil, insists: Bool = false,
    stored: @escaping (ApplicationName) throws -> Application? = { _ in nil }
  ) throws -> LinkDraft {
    let maker = LinkDraftMaker(
      options: try LinkOptions.parse(arguments),
      rules: UnattendedDraft(form: form, insists: insists, replay: ReplayContext()), stored: stored)
    let file = try json.withBytes { try LinkFile.read($0, for: form) }
    return try maker.draft(of: file, presets: [:], replacing: old)
  }

  private func shown(_ draft: borrowing LinkDraft, _ id: Field.ID) -> String {
    draft.submission.values.withBytes(of: id) { $0.shownText }
  }

  private static let subdomain = Field.ID(.connectionConfig, "subdomain")
  private static let key = Field.ID(.connectionConfig, "subscriptionKey")

  private static func application(_ name: ApplicationName) throws -> Application {
    var values = SecretValues()
    values.set(key, to: SecretBuffer(text: "stored-key", capacity: 1))
    return Application(
      facts: ApplicationFacts(
        name: name, provider: "acme", clientID: "stored", callback: .loopback(port: 9999),
        created: .now(), changed: .now()),
      client: OAuthClient(id: "stored", secret: SecretBuffer(text: "stored-secret", capacity: 1)),
      values: values)
  }

  // MARK: What it is linked with

  @Test func `a stored application fills in what the file leaves out`() throws {
    for arguments in [["--app", "work"], []] {
      let draft = try draft(
        #"{"params":{"subdomain":"s"}}"#, form(), arguments,
        stored: { ["work", "acme"].contains($0.description) ? try Self.application($0) : nil })
      let (id, secret) = (shown(draft, OAuthClient.idField), shown(draft, OAuthClient.secretField))
      let key = shown(draft, Self.key)
      #expect([id, secret, key] == ["stored", "stored-secret", "stored-key"])
      let (plan, name, isNew) = (draft.plan, draft.application, draft.isNewApplication)
      #expect(plan.callback == .loopback(port: 9999))
      #expect(name?.description == (arguments.isEmpty ? "acme" : "work"))
      #expect(!isNew)
    }
  }

  @Test func `a client that is given is kept under the name that is given with it`() throws {
    let json = #"""
      {"clientId":"new","clientSecret":"s","scopes":"a, b","params":{"subdomain":"s","subscriptionKey":"k"}}
      """#
    let named = try draft(json, form(), ["--app", "work"])
    let (name, plan) = (named.isNewApplication ? named.application : nil, named.plan)
    #expect(name?.description == "work")
    #expect(plan.scopes?.names == ["a", "b"])
    let alone = try draft(json, form(), ["--scope", "c"], stored: { try Self.application($0) })
    let (other, isNew, chosen) = (alone.application, alone.isNewApplication, alone.plan.scopes)
    let id = shown(alone, OAuthClient.idField)
    #expect(other == nil && !isNew)
    #expect(chosen?.names == ["c"])
    #expect(id == "new")
  }

  @Test func `a replacement repeats the consent alone`() throws {
    let form = try form()
    var values = SecretValues()
    for (id, text) in [
      (OAuthClient.idField, "old"), (OAuthClient.secretField, "old-secret"), (Self.subdomain, "s"),
      (Self.key, "k"), (Scopes.setting, "x,y"), (Field.ID(.connectionConfig, "found"), "f"),
    ] {
      values.set(id, to: SecretBuffer(text: text, capacity: 1))
    }
    let name = try #require(ConnectionName(provider: "acme"))
    var facts = ConnectionFacts(name: name, created: .now(), changed: .now())
    facts.application = ApplicationName("work")
    let draft = try draft(
      "{}", form, replacing: ConnectionRecord(facts: facts, provider: form.provider, values: values)
    )
    let (secret, subdomain) = (shown(draft, OAuthClient.secretField), shown(draft, Self.subdomain))
    let (plan, application) = (draft.plan, draft.application)
    let hasFound = draft.submission.values.contains(Field.ID(.connectionConfig, "found"))
    #expect(secret == "old-secret" && subdomain == "s")
    #expect(plan.scopes?.names == ["x", "y"])
    #expect(application?.description == "work")
    #expect(!hasFound)
  }

  // MARK: The link

  private func link(_ linker: ScriptedLinker) -> UnattendedLink {
    UnattendedLink(linker: SynchronousLinker(linker: linker), insists: false)
  }

  private static let json =
    #"{"client_id":"i","client_secret":"s","params":{"subdomain":"s","subscriptionKey":"k"}}"#

  @Test func `the address is shown, the answer read and redeemed`() throws {
    let linker = ScriptedLinker { _ in account(["found": "f"]) }
    let draft = try draft(Self.json, form())
    var shown = ""
    let linked = try link(linker).account(
      draft, by: .redirect, refreshToken: nil, installation: nil
    ) { address in
      shown = address.withBytes { $0.shownText }
      let state = shown.split(separator: "state=")[1].prefix { $0 != "&" }
      return SecretBuffer(text: "http://127.0.0.1:8976/callback?code=c0de&state=\(state)")
    }
    #expect(shown.hasPrefix("https://a.example/authorize?") && shown.contains("scope=read+write"))
    #expect(linker.asked.withLock(\.self) == ["redeem"])
    let asked = linked.scopes
    #expect(asked.names == ["read", "write"])
    let summary = LinkReport.Summary(linked, application: nil)
    #expect(summary.denied.names == ["write"])
  }

  @Test func `an answer of another question goes to nobody`() throws {
    let linker = ScriptedLinker { _ in account() }
    for text in ["http://127.0.0.1:8976/callback?code=c0de&state=x", "c0de-alone"] {
      let draft = try draft(Self.json, form())
      #expect(throws: CallbackFault.self) {
        _ = try link(linker).account(
          draft, by: .redirect, refreshToken: nil, installation: nil
        ) { _ in SecretBuffer(text: text) }
      }
    }
    #expect(linker.asked.withLock(\.self).isEmpty)
  }

  @Test func `a refresh token takes the place of a browser`() throws {
    let linker = ScriptedLinker { _ in account() }
    let draft = try draft(Self.json, form())
    _ = try link(linker).account(
      draft, by: .redirect, refreshToken: SecretBuffer(text: "r"), installation: nil
    ) { _ in
      Issue.record("nobody has to agree")
      return SecretBuffer(capacity: 1)
    }
    #expect(linker.asked.withLock(\.self) == ["renew"])
  }

  @Test func `a refusal is told with its reason`() throws {
    let linker = ScriptedLinker { _ in
      .refused(LinkRefusal(.unreachable(.internalFailure, host: nil)))
    }
    let draft = try draft(Self.json, form(), ["--device"])
    #expect(throws: LinkRefused.self) {
      _ = try link(linker).account(
        draft, by: .redirect, refreshToken: nil, installation: nil
      ) { _ in SecretBuffer(capacity: 1) }
    }
    #expect(linker.asked.withLock(\.self) == ["device"])
  }

  @Test func `where an application is installed is asked, and one of several has to be named`()
    throws
  {
    let app = try form(
      #"{"auth_mode":"APP","token_url":"https://a.example/${connectionConfig.installation_id}/access_tokens"}"#
    )
    let json = #"{"credentials":{"app_id":"1","private_key":"k"}}"#
    for count in 1...2 {
      let linker = ScriptedLinker { job in
        guard job.kind == .installations else { return account() }
        return .installations(
          (1...count).map { Installation(id: Int64($0), account: "a\($0)", kind: nil) })
      }
      let draft = try draft(json, app, insists: true)
      func run(_ number: Int64?) throws {
        _ = try link(linker).account(draft, by: .typed, refreshToken: nil, installation: number) {
          _ in SecretBuffer(capacity: 1)
        }
      }
      if count == 1 {
        try run(nil)
        #expect(linker.asked.withLock(\.self) == ["installations", "installation(1)"])
      } else {
        #expect(throws: CommandError.self) { try run(nil) }
        try run(2)
        #expect(linker.asked.withLock(\.self) == ["installations", "installation(2)"])
      }
    }
  }
}
