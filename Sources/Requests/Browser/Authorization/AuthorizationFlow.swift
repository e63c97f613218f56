internal import Basics
package import Drafts
package import ProviderFormat
internal import Secrets

/// What one account is linked with in a browser: the application, what it asks for, the settings that were typed, and
/// the address that the browser comes back to. Wiped with its owner.
package struct AuthorizationFlow: ~Copyable, Sendable {
  /// A parameter of the address that a person adds. One without a value takes a parameter of the entry's away.
  package struct Parameter: Sendable, Equatable {
    /// As the provider calls it.
    package var name: String
    /// No template: it is written as it is.
    package var value: String

    /// An empty value takes the parameter away.
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The parameters of the address that nobody may add or replace: the answer could not be told from others then, or
  /// would go elsewhere.
  package static let ownParameters: Set = [
    "client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method",
  ]

  /// The provider, the application's identifier and secret, and the settings. What was asked for stands in it as a
  /// setting.
  package let submission: Submission
  /// What is asked for.
  package let scopes: Scopes
  /// What is asked for in the name of the person that signs in, where the provider tells the two apart.
  package let userScopes: Scopes
  /// Where the browser comes back to.
  package let callback: Callback
  let parameters: [Parameter]
  /// What was found out about the server of a provider whose entry does not tell it.
  package let server: AuthorizationServer?

  /// - Parameters:
  ///   - submission: with the application in the fields of `OAuthClient`, if it has one.
  ///   - parameters: added to the address last, so that they win.
  ///   - server: needed for the mode MCP_OAUTH2_GENERIC only.
  package init(
    _ submission: consuming Submission, scopes: Scopes, userScopes: Scopes = Scopes(),
    callback: Callback = .loopback(), parameters: [Parameter] = [],
    server: AuthorizationServer? = nil
  ) {
    if !scopes.isEmpty {
      submission.values.set(
        Scopes.setting, to: SecretBuffer(text: scopes.joined(by: ","), capacity: 1))
    }
    if let server {
      submission.values.set(
        AuthorizationServer.setting, to: SecretBuffer(text: server.json, capacity: 1))
    }
    self.submission = submission
    self.scopes = scopes
    self.userScopes = userScopes
    self.callback = callback
    self.parameters = parameters
    self.server = server
  }

  /// The same with what was asked of the provider first: what was found out about its server, the client that registered
  /// itself, and the redirect address as the server wrote it down. Where nobody said what is wanted, and the server names
  /// little, all of that is asked for.
  package borrowing func standing(on ground: borrowing LinkGround) -> AuthorizationFlow {
    var callback = callback
    let server = ground.server ?? server
    let asked = scopes.isEmpty ? server?.usualScopes ?? scopes : scopes
    var submission = submission.duplicate()
    switch ground.client {
    case .some(let client):
      if let registered = client.callback { callback = registered }
      let kept = registration(of: client, at: server, for: asked, callback)
      submission.values.set(client)
      submission.values.remove(KeptRegistration.setting)
      if let kept {
        submission.values.set(
          KeptRegistration.setting, to: SecretBuffer(text: kept.json, capacity: 1))
      }
    case nil: break
    }
    return AuthorizationFlow(
      submission, scopes: asked, userScopes: userScopes, callback: callback,
      parameters: parameters, server: server)
  }

  /// What is kept of a client that registered itself; nil for one that somebody brought. One that was kept before may
  /// ask for what it registered for then.
  private borrowing func registration(
    of client: borrowing OAuthClient, at server: AuthorizationServer?, for asked: Scopes,
    _ callback: Callback
  ) -> KeptRegistration? {
    guard case .dynamic(let registered, let end) = client.source,
      let place = server?.issuer ?? registrationPlace
    else { return nil }
    let before = KeptRegistration(submission.values)
    let isKept = before?.registered == registered
    return KeptRegistration(
      callback: callback, place: place, registered: registered, ends: end,
      authentication: client.authentication,
      scopes: isKept ? before?.scopes : server == nil ? nil : asked)
  }

  /// A second copy, with an owner of its own.
  package borrowing func duplicate() -> AuthorizationFlow {
    AuthorizationFlow(
      submission.duplicate(), scopes: scopes, userScopes: userScopes, callback: callback,
      parameters: parameters, server: server)
  }

  /// The provider that the account is with.
  package var provider: Provider { submission.provider }

  /// The question with which the browser goes to the provider: a new one each time, for it can be answered once.
  /// - Parameter replay: when it is asked, and what chance gives it.
  package borrowing func request(
    at replay: ReplayContext = ReplayContext()
  ) throws(RequestError) -> AuthorizationRequest {
    var replay = replay
    let state = Self.state(from: &replay.randomSource)
    return try request(state: state, proof: ProofKey(from: &replay.randomSource), at: replay)
  }

  /// The same in OAuth 1.0a, where a temporary token has to be there first.
  package borrowing func request(
    with token: borrowing RequestToken, at replay: ReplayContext = ReplayContext()
  ) throws(RequestError) -> AuthorizationRequest {
    var replay = replay
    return try request(
      state: token.state.duplicate(), proof: ProofKey(from: &replay.randomSource), at: replay,
      token: token.token.duplicate())
  }

  /// 192 bits of chance: 128 are what nobody guesses.
  static func state(from random: inout RandomSource) -> SecretBuffer {
    var text = SecretWriter(limit: 64)
    random.secret(24).withBytes { text.append(base64URL: $0) }
    return text.withBytes { SecretBuffer(copying: $0) }
  }

  /// The same with what chance has given.
  /// - Parameter token: the temporary one, in OAuth 1.0a.
  borrowing func request(
    state: consuming SecretBuffer, proof: consuming ProofKey, at replay: ReplayContext,
    token: consuming SecretBuffer? = nil
  ) throws(RequestError) -> AuthorizationRequest {
    var sources = TemplateContext(of: submission.duplicate(), at: replay)
    let named: SecretBuffer?
    switch consume token {
    case .some(let token):
      sources.fetched.set(.requestToken, to: token.duplicate())
      named = .some(token)
    case nil: named = nil
    }
    let writer = AuthorizationWriter(provider)
    let address = try writer.address(
      of: self, state: state, challenge: proof.challenge, from: sources)
    return AuthorizationRequest(
      address: address, state: state, proof: proof,
      expected: ExpectedRedirect(provider, server: server), token: named, callback: callback,
      made: replay.now, holdsSecret: writer.namesSecret)
  }
}
