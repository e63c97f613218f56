import Basics
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

/// Clients that registered themselves, and are gone by again.
@Suite struct KeptRegistrationTests {
  private static let entry =
    #"{"auth_mode":"MCP_OAUTH2","registration_url":"https://a.example/register"}"#
  private static let now = Timestamp(secondsSinceEpoch: 1_000)

  private static func flow(
    _ values: consuming SecretValues = SecretValues(), scopes: [String] = [],
    callback: Callback = .loopback(), entry: String = entry, server: AuthorizationServer? = nil
  ) -> AuthorizationFlow {
    AuthorizationFlow(
      Submission(provider: Fixture.provider(entry), values: values), scopes: Scopes(scopes),
      callback: callback, server: server)
  }

  /// What a first link leaves: the client's fields, with what is kept of it.
  private static func left(
    _ flow: consuming AuthorizationFlow, end: Timestamp? = nil, callback: String? = nil
  ) -> SecretValues {
    let client = OAuthClient(
      id: "dyn", secret: SecretBuffer(fixture: "s"), source: .dynamic(at: now, end: end),
      authentication: .post, callback: callback.flatMap { try? Callback($0) } ?? flow.callback)
    return flow.standing(on: LinkGround(client: client)).submission.values.duplicate()
  }

  private static func words(_ flow: borrowing AuthorizationFlow, at moment: Int64 = 2_000) -> String
  {
    let client = flow.keptClient(at: Timestamp(secondsSinceEpoch: moment))
    switch client {
    case .some(let client):
      let secret =
        switch client.secret {
        case .some(let secret): secret.withBytes { $0.shownText }
        case nil: "none"
        }
      return "\(client.id) \(secret) \(client.authentication?.rawValue ?? "") "
        + "\(client.callback?.address ?? "")"
    case nil: return "anew"
    }
  }

  private static let same = "dyn s client_secret_post http://127.0.0.1:8976/callback"

  @Test func `a client that registered itself is kept whole, and gone by again`() {
    let words = Self.words(Self.flow(Self.left(Self.flow())))
    #expect(words == Self.same)
    let registers = Self.flow(Self.left(Self.flow())).registersItself
    #expect(registers)
  }

  @Test func `another redirect address takes another client, an end slash does not`() {
    let other = Self.words(Self.flow(Self.left(Self.flow()), callback: .loopback(port: 9000)))
    #expect(other == "anew")
    let slash = "http://127.0.0.1:8976/callback/"
    let added = Self.words(Self.flow(Self.left(Self.flow(), callback: slash)))
    #expect(added == Self.same + "/")
  }

  @Test(
    arguments: [(nil, Int64(9_999_999_999), true), (3_000, 2_999, true), (3_000, 3_000, false)]
      as [(Int64?, Int64, Bool)])
  func `a client registers anew once its registration has ended`(
    end: Int64?, moment: Int64, isKept: Bool
  ) {
    let values = Self.left(
      Self.flow(), end: end.map { Timestamp(secondsSinceEpoch: $0) })
    let words = Self.words(Self.flow(values), at: moment)
    #expect(words == (isKept ? Self.same : "anew"))
  }

  @Test(arguments: [
    ("https://as.example", ["read"], true), ("https://as.example/", ["read"], true),
    ("https://as.example", ["read", "write"], true), ("https://as.example", ["admin"], false),
    ("https://other.example", ["read"], false),
  ])
  func `a client is good at its own server, and for what it registered for`(
    issuer: String, scopes: [String], isKept: Bool
  ) {
    let generic = #"{"auth_mode":"MCP_OAUTH2_GENERIC"}"#
    var server = MCPDiscoveryUnderTest.server("")
    server?.issuer = "https://as.example"
    let first = Self.flow(scopes: ["read", "write"], entry: generic, server: server)
    server?.issuer = issuer
    let words = Self.words(
      Self.flow(Self.left(first), scopes: scopes, entry: generic, server: server))
    #expect(words == (isKept ? Self.same : "anew"))
  }

  @Test func `what it registered for stays known when less is asked for`() {
    let generic = #"{"auth_mode":"MCP_OAUTH2_GENERIC"}"#
    let server = MCPDiscoveryUnderTest.server("")
    let first = Self.left(Self.flow(scopes: ["read", "write"], entry: generic, server: server))
    let second = Self.left(Self.flow(first, scopes: ["read"], entry: generic, server: server))
    let scopes = KeptRegistration(second)?.scopes
    #expect(scopes == Scopes(["read", "write"]))
  }

  @Test func `a client that somebody typed is no registration`() {
    let flow = Self.flow(Self.left(Self.flow()))
    let standing = flow.standing(on: LinkGround(client: OAuthClient(id: "mine", secret: nil)))
    let (kept, registers) = (
      KeptRegistration(standing.submission.values), standing.registersItself
    )
    #expect(kept == nil)
    #expect(!registers)
  }

  @Test(arguments: [
    "", "{}", #"{"issuer":"i","redirect_uri":"no address","registered":"2026-01-01T00:00:00Z"}"#,
    #"{"issuer":"i","redirect_uri":"http://127.0.0.1/c","registered":"soon"}"#,
    #"{"issuer":"i","redirect_uri":"http://127.0.0.1/c","registered":"2026-01-01T00:00:00Z","ends":"never"}"#,
  ])
  func `what cannot be read is no registration`(json: String) {
    var values = SecretValues()
    values.set(KeptRegistration.setting, to: SecretBuffer(fixture: json))
    let kept = KeptRegistration(values)
    #expect(kept == nil)
  }
}
