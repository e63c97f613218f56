internal import Basics
internal import ProviderFormat
internal import Secrets

/// Writes the address that a browser is sent to (RFC 6749, section 4.1.1), with all that entries do to it.
struct AuthorizationWriter {
  private let rules: AuthorizationRules
  private let builder: RequestBuilder

  init(_ provider: Provider) {
    rules = AuthorizationRules(provider)
    builder = RequestBuilder(provider: provider)
  }

  /// - Parameter challenge: the digest of the verifier.
  func address(
    of flow: borrowing AuthorizationFlow, state: borrowing SecretBuffer, challenge: String,
    from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    var parameters = SecretMap<String>()
    switch builder.provider.authMode {
    case .app, .custom: parameters.set("state", to: state.duplicate())
    case .installPlugin: parameters.set("payload", to: state.duplicate())
    case .oauth1: try addOAuthOne(flow, state, to: &parameters, from: sources)
    case .mcpOAuth2Generic:
      try addDiscovered(flow, state, challenge, to: &parameters, from: sources)
    default: try addUsual(flow, state, challenge, to: &parameters, from: sources)
    }
    if !flow.userScopes.isEmpty { parameters.set("user_scope", flow.userScopes.joined(by: ",")) }
    for parameter in flow.parameters {
      if parameter.value.isEmpty {
        parameters.remove(parameter.name)
      } else {
        parameters.set(parameter.name, parameter.value)
      }
    }
    return try finish(try base(of: flow, from: sources), parameters, of: flow)
  }

  /// Whether a field stands in the address that the form hides.
  var namesSecret: Bool {
    let provider = builder.provider
    let templates = [rules.address ?? ""] + rules.parameters.map(\.template)
    let fields = templates.flatMap { Template($0).names }
      .flatMap { provider.fields(named: $0, in: .address) }
      .filter { id in provider.fields.contains { $0.id == id && !$0.isAutomated } }
    return !provider.secretFields(among: fields).isEmpty
  }

  // MARK: Parameters

  /// OAuth 2.0, as entries declare it.
  private func addUsual(
    _ flow: borrowing AuthorizationFlow, _ state: borrowing SecretBuffer, _ challenge: String,
    to parameters: inout SecretMap<String>, from sources: borrowing TemplateContext
  ) throws(RequestError) {
    parameters.set("response_type", "code")
    try addClient(to: &parameters, from: sources)
    parameters.set("redirect_uri", flow.callback.address)
    parameters.set("scope", flow.scopes.joined(by: rules.scopeSeparator))
    parameters.set("state", to: state.duplicate())
    try addDeclared(to: &parameters, from: sources)
    if rules.usesProofKey {
      parameters.set("code_challenge", challenge)
      parameters.set("code_challenge_method", ProofKey.method)
    }
  }

  /// OAuth 2.0 at a server that was found out about.
  private func addDiscovered(
    _ flow: borrowing AuthorizationFlow, _ state: borrowing SecretBuffer, _ challenge: String,
    to parameters: inout SecretMap<String>, from sources: borrowing TemplateContext
  ) throws(RequestError) {
    parameters.set("response_type", "code")
    try addClient(to: &parameters, from: sources)
    parameters.set("code_challenge", challenge)
    parameters.set("code_challenge_method", ProofKey.method)
    parameters.set("redirect_uri", flow.callback.address)
    parameters.set("state", to: state.duplicate())
    if !flow.scopes.isEmpty { parameters.set("scope", flow.scopes.joined(by: " ")) }
    // What works while nobody is there is only given to whoever asks the person for it each time.
    if flow.scopes.contains("offline_access") { parameters.set("prompt", "consent") }
    if let resource = flow.server?.resource { parameters.set("resource", resource) }
  }

  /// OAuth 1.0a (RFC 5849, section 2.2).
  private func addOAuthOne(
    _ flow: borrowing AuthorizationFlow, _ state: borrowing SecretBuffer,
    to parameters: inout SecretMap<String>, from sources: borrowing TemplateContext
  ) throws(RequestError) {
    guard let token = sources.fetched.duplicate(of: FlowValue.requestToken.rawValue) else {
      throw .unfilled(name: "oauth_token", place: "the address")
    }
    parameters.set("oauth_token", to: token)
    parameters.set("scope", flow.scopes.joined(by: rules.scopeSeparator))
    try addDeclared(to: &parameters, from: sources)
    parameters.set("oauth_callback", to: try flow.callback.address(withState: state))
  }

  private func addClient(
    to parameters: inout SecretMap<String>, from sources: borrowing TemplateContext
  ) throws(RequestError) {
    let id = try sources.credential(OAuthClient.idField.name, for: "the address")
    parameters.set("client_id", to: id)
  }

  /// Those of the entry, each in the place of one of the protocol's own that has its name.
  private func addDeclared(
    to parameters: inout SecretMap<String>, from sources: borrowing TemplateContext
  ) throws(RequestError) {
    let writer = builder.writer(.address).leavingOut(builder.isOptional)
    for parameter in rules.parameters {
      var value = SecretWriter()
      let result = writer.writeChoosing(parameter.template, from: sources, to: &value)
      if let failure = result.failure { throw failure }
      if let missing = result.missing.first(where: { !builder.isOptional($0) }) {
        throw .unfilled(name: missing, place: "the address")
      }
      guard let text = value.finish() else { throw .tooLong }
      parameters.set(parameter.name, to: text)
    }
  }

  // MARK: The address

  /// Scheme, host and path. Where a server tells the address it may bring parameters along.
  private func base(
    of flow: borrowing AuthorizationFlow, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    if builder.provider.authMode == .mcpOAuth2Generic, let server = flow.server {
      return SecretBuffer(text: server.authorizationEndpoint, capacity: 1)
    }
    guard let template = rules.address, !template.isEmpty else { throw .noAddress }
    let writer = builder.writer(.address)
    let side = writer.choice(of: template, from: sources)
    let address = try AddressWriter(Template(side), writer).write(from: sources)
    return address.withBytes { bytes in
      let end = bytes.firstOffset { $0 == UInt8(ascii: "?") } ?? bytes.byteCount
      return SecretBuffer(copying: bytes.extracting(0..<end))
    }
  }

  private func finish(
    _ base: borrowing SecretBuffer, _ given: consuming SecretMap<String>,
    of flow: borrowing AuthorizationFlow
  ) throws(RequestError) -> SecretBuffer {
    var parameters = given
    if rules.leavesOutEmpty {
      for name in parameters.keys where parameters.withBytes(of: name, { $0.isEmpty }) {
        parameters.remove(name)
      }
    }
    // What the entry or a person sets in its place is a parameter like any other.
    let isSet = (rules.parameters.map(\.name) + flow.parameters.map(\.name)).contains("scope")
    let isPlain = rules.hasPlainScopes && !isSet && parameters.contains("scope")
    if isPlain { parameters.remove("scope") }
    var address = SecretWriter()
    base.withBytes { address.append($0) }
    if let fragment = rules.fragment { address.append(text: "#\(fragment)") }
    let hasQuery = base.withBytes { bytes in bytes.contains { $0 == UInt8(ascii: "?") } }
    var query = SecretWriter()
    for name in parameters.keys {
      query.append(formName: name)
      parameters.withBytes(of: name) { query.append(formEncoded: $0) }
    }
    if isPlain { append(plain: flow.scopes, to: &query) }
    if query.count > 0 { address.append(UInt8(ascii: hasQuery ? "&" : "?")) }
    query.withBytes { address.append($0) }
    guard var text = address.finish() else { throw .tooLong }
    for replacement in rules.replacements {
      guard let changed = text.replacingFirst(replacement) else { throw .tooLong }
      text = changed
    }
    return text
  }

  /// The scopes with nothing encoded that may stand in a query, so that their separator stays what it is.
  private func append(plain scopes: Scopes, to query: inout SecretWriter) {
    if query.count > 0 { query.append(UInt8(ascii: "&")) }
    query.append(text: "scope=")
    for (index, name) in scopes.names.enumerated() {
      if index > 0 { query.append(text: rules.scopeSeparator) }
      name.withBytes { name in
        if rules.encodesEachScope {
          query.append(component: name)
        } else {
          query.append(queryText: name)
        }
      }
    }
  }
}

extension Callback {
  /// The address with the state among its parameters, where the protocol has no place for it.
  func address(withState state: borrowing SecretBuffer) throws(RequestError) -> SecretBuffer {
    var text = SecretWriter()
    text.append(text: address)
    text.append(text: address.contains("?") ? "&state=" : "?state=")
    state.withBytes { text.append(formEncoded: $0) }
    guard let text = text.finish() else { throw .tooLong }
    return text
  }
}

extension SecretMap<String> {
  /// Sets a value that is no secret.
  fileprivate mutating func set(_ name: String, _ text: String) {
    set(name, to: SecretBuffer(text: text, capacity: 1))
  }
}

extension SecretWriter {
  /// As part of a query, with only those bytes encoded that would end it or be read as another parameter.
  fileprivate mutating func append(queryText text: RawSpan) {
    for offset in 0..<text.byteCount {
      let byte = text[offset]
      if byte <= 0x20 || byte >= 0x7F || "\"#%&<>".utf8.contains(byte) {
        append(escaped: byte)
      } else {
        append(byte)
      }
    }
  }
}

extension SecretBuffer {
  /// With the first occurrence of a text replaced; nil when it becomes too long.
  fileprivate func replacingFirst(_ change: AuthorizationRules.Replacement) -> SecretBuffer? {
    withBytes { bytes in
      guard let start = bytes.firstOffset(of: change.text.utf8) else {
        return SecretBuffer(copying: bytes)
      }
      var text = SecretWriter()
      text.append(bytes.extracting(0..<start))
      text.append(text: change.replacement)
      text.append(bytes.extracting(start + change.text.utf8.count..<bytes.byteCount))
      return text.finish()
    }
  }
}
