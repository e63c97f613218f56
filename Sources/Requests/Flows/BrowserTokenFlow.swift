internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// The requests of a browser's flow: what finds out about a server and registers a client, the address that a browser
/// is sent to, and what gets and renews a token.
struct BrowserTokenFlow {
  /// What servers are made to answer.
  struct Answers {
    /// By address: `{"status": 200, "body": {…}}`. Others are not found.
    var discovery: Value?
    var registration: Value?
  }

  private let provider: Provider
  private let inputs: FlowInputs

  init(_ provider: Provider, _ inputs: FlowInputs) {
    self.provider = provider
    self.inputs = inputs
  }

  /// Writes `discovery`, `register`, `request_token`, `authorize`, `token`, `refresh`, `user_token` and `user_refresh`,
  /// as far as the mode has them.
  func write(answers: Answers, to json: inout SecretJSONWriter) {
    switch provider.authMode {
    case .oauth2, .mcpOAuth2:
      let flow = flow(before: .redirect)
      if case .dynamic = RegistrationRules(provider) { writeRegistration(flow, to: &json) }
      writeAddress(flow, to: &json)
      writeTokens(to: &json)
    case .mcpOAuth2Generic: writeDiscovered(answers, to: &json)
    case .oauth1: writeOAuthOne(to: &json)
    case .app, .custom:
      writeAddress(flow(before: .redirect), to: &json)
      writeApp(to: &json)
    case .installPlugin: writeAddress(flow(before: .redirect), to: &json)
    default: return
    }
  }

  // MARK: What is known when

  private enum Moment { case redirect, token, renewal }

  private func flow(
    before moment: Moment, server: AuthorizationServer? = nil,
    _ adjust: (inout SecretValues) -> Void = { _ in }
  ) -> AuthorizationFlow {
    let rules = AuthorizationRules(provider)
    var submission = inputs.submission(for: provider) { name in
      switch moment {
      case .redirect: !rules.foundInRedirect.contains(name) && !rules.foundInToken.contains(name)
      case .token: !rules.foundInToken.contains(name)
      case .renewal: true
      }
    }
    adjust(&submission.values)
    // Only one provider tells the two apart.
    let takesUserScopes = provider.slug == AuthorizationRules.slugWithUserScopes
    return AuthorizationFlow(
      submission, scopes: server?.scopes ?? Scopes(inputs.list("scopes")),
      userScopes: takesUserScopes ? Scopes(inputs.list("user_scopes")) : Scopes(),
      callback: inputs.callback, server: server)
  }

  private func procedure(_ flow: borrowing AuthorizationFlow) -> TokenProcedure? {
    TokenProcedure(
      provider, client: .init(flow.submission.values, isAsDeclared: true), server: flow.server)
  }

  /// All that the requests for a token are written from.
  private func context(_ flow: borrowing AuthorizationFlow) -> CheckContext {
    var sources = flow.sources(adding: SecretMap(), at: inputs.replay)
    for (value, text) in inputs.flowValues {
      sources.fetched.set(value, to: SecretBuffer(text: text, capacity: 1))
    }
    return CheckContext(sources)
  }

  // MARK: Parts

  private func writeAddress(
    _ flow: borrowing AuthorizationFlow, token: consuming SecretBuffer? = nil,
    to json: inout SecretJSONWriter
  ) {
    let state = SecretBuffer(text: inputs.state, capacity: 1)
    let proof = ProofKey(verifier: SecretBuffer(text: inputs.verifier, capacity: 1))
    let request: AuthorizationRequest
    do throws(RequestError) {
      request = try flow.request(state: state, proof: proof, at: inputs.replay, token: token)
    } catch {
      return
    }
    json.key("authorize")
    json.beginObject()
    json.key("url")
    request.address.withBytes { json.string($0) }
    json.endObject()
  }

  private func writeTokens(
    server: AuthorizationServer? = nil, to json: inout SecretJSONWriter,
    _ adjust: (inout SecretValues) -> Void = { _ in }
  ) {
    let exchange = flow(before: .token, server: server, adjust)
    if let call = procedure(exchange)?.exchange.first?.call {
      write("token", call, exchange, to: &json)
    }
    let renewal = flow(before: .renewal, server: server, adjust)
    if let call = procedure(renewal)?.renewal.first?.call {
      write("refresh", call, renewal, to: &json)
    }
  }

  private func write(
    _ key: String, _ call: TokenCall, _ flow: borrowing AuthorizationFlow,
    to json: inout SecretJSONWriter
  ) {
    var context = context(flow)
    json.member(key) { () throws(RequestError) in
      try call.build(in: &context)
    } rest: {
      $0.writeBody(to: &$1)
    }
  }

  private func writeRegistration(
    _ flow: borrowing AuthorizationFlow, to json: inout SecretJSONWriter
  ) {
    var session = ClientRegistration(flow, at: inputs.replay)
    guard case .send(let request) = session.next() else { return }
    json.write("register", request)
  }

  // MARK: Modes

  private func writeOAuthOne(to json: inout SecretJSONWriter) {
    let flow = flow(before: .redirect)
    let state = SecretBuffer(text: inputs.state, capacity: 1)
    var session = RequestTokenSession(flow, state: state, at: inputs.replay)
    if case .send(let request) = session.next() { json.write("request_token", request) }
    let token = SecretBuffer(text: inputs.text("request_token") ?? "", capacity: 1)
    writeAddress(flow, token: token, to: &json)
    writeTokens(to: &json)
  }

  /// The token of an application is told by what proves it, for a signature is nothing to compare.
  private func writeApp(to json: inout SecretJSONWriter) {
    let flow = flow(before: .renewal)
    var call = GitHubApp.installationCall
    call.headers.removeAll { $0 == GitHubApp.authorization }
    var context = context(flow)
    let now = inputs.replay.now.secondsSinceEpoch
    json.member("token") { () throws(RequestError) in
      try call.build(in: &context)
    } rest: { request, json in
      request.writeBody(to: &json)
      json.key("claims")
      json.beginObject()
      json.key("iat")
      json.number(now)
      json.key("exp")
      json.number(now + GitHubApp.lifetime)
      json.member("iss", inputs.applicationID)
      json.endObject()
    }
    guard provider.authMode == .custom, let procedure = procedure(flow) else { return }
    if procedure.exchange.count > 1 {
      write("user_token", procedure.exchange[0].call, flow, to: &json)
    }
    if procedure.renewal.count > 1 {
      write("user_refresh", procedure.renewal[0].call, flow, to: &json)
    }
  }

  /// Asks the made-up server all that a real one would be asked.
  private func writeDiscovered(_ answers: Answers, to json: inout SecretJSONWriter) {
    let asked = FlowDiscovery(provider, answers.discovery)
      .run(inputs.setting("mcp_server_url", of: provider))
    json.key("discovery")
    json.beginObject()
    json.member("requests", asked.requests)
    json.endObject()
    guard let server = asked.server else { return }
    let unregistered = flow(before: .redirect, server: server)
    var registration = ClientRegistration(unregistered, at: inputs.replay)
    guard case .send(let request) = registration.next() else { return }
    json.write("register", request)
    registration.receive(
      CheckAnswer(
        status: 201, body: SecretBuffer(text: answers.registration?.json ?? "", capacity: 1)))
    guard case .done(.client(let client)) = registration.next() else { return }
    var known = server
    known.registeredMethod = client.authentication
    writeAddress(flow(before: .redirect, server: known) { $0.set(client) }, to: &json)
    writeTokens(server: known, to: &json) { $0.set(client) }
  }
}

extension SecretJSONWriter {
  fileprivate mutating func write(_ key: String, _ request: borrowing PreparedRequest) {
    self.key(key)
    beginObject()
    request.writeHead(to: &self)
    request.writeBody(to: &self)
    endObject()
  }
}
