internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// Asks a provider for what a question to it needs: what its server says of itself, a client that registers itself, the
/// temporary token of OAuth 1.0a. For most there is nothing to ask.
struct LinkPreparation {
  private let transport: WebTransport
  private let allowsLoopback: Bool

  init(_ transport: WebTransport, allowsLoopback: Bool) {
    self.transport = transport
    self.allowsLoopback = allowsLoopback
  }

  func result(for flow: borrowing AuthorizationFlow) async -> LinkResult {
    if flow.provider.authMode == .oauth1 { return await requestToken(for: flow) }
    var ground = LinkGround()
    if flow.provider.authMode == .mcpOAuth2Generic {
      switch await server(of: flow) {
      case .found(let server): ground.server = server
      case .unusable(let fault):
        return .refused(LinkRefusal(Diagnosis(.unclear, fault.explanation)))
      case .unreachable(let diagnosis): return .refused(LinkRefusal(diagnosis))
      }
    }
    guard flow.registersItself else { return .ready(ground) }
    if !useKeptClient(of: flow, on: &ground), let refusal = await register(flow, on: &ground) {
      return .refused(refusal)
    }
    // Servers forget clients, and a person would see that in a browser.
    if await isForgotten(flow.standing(on: ground)), let refusal = await register(flow, on: &ground)
    {
      return .refused(refusal)
    }
    return .ready(ground)
  }

  // MARK: Parts

  private func server(of flow: borrowing AuthorizationFlow) async -> DiscoveryOutcome {
    let challenge = await challenge(of: flow)
    transport.renewLimits()
    var session = MCPDiscovery(flow, challenge: challenge, allowsLoopback: allowsLoopback)
    return await transport.outcome(of: &session) { $0.next() }
  }

  /// What the server says when it is asked without a token; nil where it says nothing. That it cannot be reached comes
  /// out when it is asked about itself.
  private func challenge(of flow: borrowing AuthorizationFlow) async -> BearerChallenge? {
    guard let request = try? MCPDiscovery.question(flow),
      let answer = try? await transport.answer(to: request)
    else { return nil }
    return BearerChallenge(answer)
  }

  /// Goes by the client that registered itself for an earlier link, and by what its registration said.
  /// - Returns: false where none is kept, or it is good no more.
  private func useKeptClient(
    of flow: borrowing AuthorizationFlow, on ground: inout LinkGround
  ) -> Bool {
    let client = flow.standing(on: ground).keptClient()
    switch consume client {
    case .some(let client):
      ground.server?.registeredMethod = client.authentication
      ground.client = .some(client)
      return true
    case nil: return false
    }
  }

  /// Nil when there is a client.
  private func register(
    _ flow: borrowing AuthorizationFlow, on ground: inout LinkGround
  ) async -> LinkRefusal? {
    ground.client = nil
    var session = ClientRegistration(flow.standing(on: ground))
    switch await transport.outcome(of: &session, { $0.next() }) {
    case .refused(let diagnosis): return LinkRefusal(diagnosis)
    case .client(let client):
      // What the registration says of proving oneself holds, whatever the server lists.
      ground.server?.registeredMethod = client.authentication
      ground.client = .some(client)
      return nil
    }
  }

  /// Whether the server does not know the client, by one visit of the address with a question that is thrown away.
  private func isForgotten(_ flow: borrowing AuthorizationFlow) async -> Bool {
    guard let question = try? flow.request(), let request = try? question.directRequest(),
      let answer = try? await transport.answer(to: request)
    else { return false }
    return AuthorizationRequest.meansUnknownClient(answer)
  }

  private func requestToken(for flow: borrowing AuthorizationFlow) async -> LinkResult {
    var session = RequestTokenSession(flow)
    switch await transport.outcome(of: &session, { $0.next() }) {
    case .refused(let diagnosis): return .refused(LinkRefusal(diagnosis))
    case .token(let token): return .ready(LinkGround(token: token))
    }
  }
}
