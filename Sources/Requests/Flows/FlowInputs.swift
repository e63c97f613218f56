internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// What a person, a provider, the clock and chance give in the course of a flow, out of a table of flows. They are
/// samples: the table is ordinary memory, and nothing in it is kept from being shown.
struct FlowInputs {
  private let given: Value.Map

  init(_ given: Value?) { self.given = given?.map ?? .init() }

  // What tables leave unsaid, because it is the same in each of their flows.
  private static let usualRandom = "00000000-0000-4000-8000-000000000001"
  private static let usualNonce = String(repeating: "a", count: 32)
  static let usualRefreshToken = "sample-refresh-token/+="

  var replay: ReplayContext {
    ReplayContext(
      now: text("now").flatMap { Timestamp(providerText: $0) } ?? .now(),
      random: text("random") ?? Self.usualRandom, nonce: text("oauth_nonce") ?? Self.usualNonce)
  }

  func text(_ name: String) -> String? { given[name]?.text }

  /// A list of texts; empty where there is none.
  func list(_ name: String) -> [String] { given[name]?.texts ?? [] }

  /// Everything that is known before there is a token: what was typed, and what was found without an answer's help.
  func sourcesBeforeToken(_ provider: Provider) -> TemplateContext {
    let answered = provider.entry["token_response_metadata"]?.texts ?? []
    return TemplateContext(
      of: submission(for: provider) { !answered.contains($0) }, at: replay)
  }

  /// Everything that is known of an account that is linked. What was got for it is where templates find it.
  func sources(_ provider: Provider) -> TemplateContext {
    var sources = TemplateContext(of: submission(for: provider) { _ in true }, at: replay)
    token(provider.authMode).restore(in: &sources)
    return sources
  }

  private func token(_ mode: AuthMode) -> TokenSet {
    var got: [(name: String, value: String)] = []
    if let token = text("access_token") { got.append((TokenSet.accessTokenName, token)) }
    for member in credentials {
      if let name = Self.keptName(of: member.name, in: mode) { got.append((name, member.value)) }
    }
    got.append((TokenSet.refreshTokenName, text("refresh_token") ?? Self.usualRefreshToken))
    var values = SecretMap<String>()
    for (name, value) in got { values.set(name, to: SecretBuffer(text: value, capacity: 1)) }
    return TokenSet(values: values, obtained: replay.now)
  }

  /// Under which name a part of a credential is kept that nobody typed; nil for one that somebody did.
  private static func keptName(of name: String, in mode: AuthMode) -> String? {
    if name.hasPrefix("raw.") { return "credentials.\(name)" }
    if mode == .awsSigV4 {
      return switch name {
      case "access_key_id": STSRequest.Temporary.keyID.rawValue
      case "secret_access_key": STSRequest.Temporary.secretKey.rawValue
      case "session_token": STSRequest.Temporary.sessionToken.rawValue
      case "region": AWSSigV4Requests.Scope.region.rawValue
      case "service": AWSSigV4Requests.Scope.service.rawValue
      default: nil
      }
    }
    return switch name {
    case "token", "access_token": TokenSet.accessTokenName
    case TokenSet.cookiesName: TokenSet.cookiesName
    default: nil
    }
  }

  /// By their whole names: of `{"raw": {"id": "7"}}` it is `raw.id`.
  private var credentials: [(name: String, value: String)] {
    func flat(_ map: Value.Map, _ prefix: String) -> [(name: String, value: String)] {
      map.members.flatMap { member in
        let name = prefix + member.key
        if let inner = member.value.map { return flat(inner, name + ".") }
        return member.value.text.map { [(name, $0)] } ?? []
      }
    }
    return flat(given["credentials"]?.map ?? .init(), "")
  }

  /// - Parameter isKnown: whether a setting of this name has been found, where nobody typed it.
  func submission(for provider: Provider, _ isKnown: (String) -> Bool) -> Submission {
    let client = AuthModeRules.clientFields
    var typed = credentials.map { (id: Field.ID(.credentials, $0.name), value: $0.value) }
    for (field, name) in [(client.id, "client_id"), (client.secret, "client_secret")] {
      if let value = text(name) { typed.append((.init(.credentials, field), value)) }
    }
    for scope in Field.Scope.allCases where scope != .credentials {
      typed += texts(scope.rawValue).map { (.init(scope, $0.name), $0.value) }
    }
    // Whose settings they are tables do not tell.
    let settings = (texts("connection_config") + texts("found")).filter { !$0.value.isEmpty }
    for field in provider.fields where field.id.scope == .integrationConfig {
      guard let setting = settings.first(where: { $0.name == field.id.name }),
        !typed.contains(where: { $0.id == field.id })
      else { continue }
      typed.append((field.id, setting.value))
    }
    // What was typed wins, unless it is nothing.
    typed.removeAll { $0.id.scope == .connectionConfig && $0.value.isEmpty }
    let found = texts("found").filter { isKnown($0.name) }
      .map { (id: Field.ID(.connectionConfig, $0.name), value: $0.value) }
      .filter { found in !typed.contains { $0.id == found.id } }
    var values = SecretValues()
    for (id, value) in typed + found {
      values.set(id, to: SecretBuffer(text: value, capacity: 1))
    }
    return Submission(provider: provider, values: values)
  }

  private func texts(_ name: String) -> [(name: String, value: String)] {
    (given[name]?.map?.members ?? []).compactMap { member in
      member.value.text.map { (member.key, $0) }
    }
  }
}
