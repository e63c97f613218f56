package import Basics
package import Drafts
package import ProviderFormat
internal import Secrets

/// What a connection keeps of a client that registered itself, so that a further link goes by the same client as long as
/// it is good. No secret: the client's own stands in the fields of `OAuthClient`.
package struct KeptRegistration: Equatable, Sendable {
  /// The redirect address, as the server wrote it down.
  package var callback: Callback
  /// Where it registered: the server's name, or the address that the provider's entry says.
  package var place: String
  /// When it did.
  package var registered: Timestamp
  /// When its registration ends; nil for never.
  package var ends: Timestamp?
  /// How it proves itself; nil where the registration did not say.
  package var authentication: ClientAuthentication?
  /// All that it may ask for; nil where the registration did not say.
  package var scopes: Scopes?

  /// The setting in which a connection keeps it, as JSON. It also says that nobody typed the client.
  package static let setting = Field.ID(.connectionConfig, "oauth_registration")
}

extension KeptRegistration {
  /// What a connection kept; nil when it kept nothing, or something else.
  package init?(_ values: borrowing SecretValues) {
    let text = values.withBytes(of: Self.setting) { $0.shownText }
    guard !text.isEmpty, let value = try? Value(json: text),
      let callback = value["redirect_uri"]?.text.flatMap({ try? Callback($0) }),
      let place = value["issuer"]?.text,
      let registered = value["registered"]?.text.flatMap({ Timestamp($0) })
    else { return nil }
    let end = value["ends"]?.text
    let ends = end.flatMap { Timestamp($0) }
    guard (end == nil) == (ends == nil) else { return nil }
    self.init(
      callback: callback, place: place, registered: registered, ends: ends,
      authentication: value["token_endpoint_auth_method"]?.text
        .flatMap(ClientAuthentication.init),
      scopes: (value["scopes"]?.texts).map { Scopes($0) })
  }

  /// As a connection keeps it.
  package var json: String {
    var members: [(String, Value)] = [
      ("issuer", .string(place)), ("redirect_uri", .string(callback.address)),
      ("registered", .string(registered.description)),
    ]
    let texts = [
      ("ends", ends?.description), ("token_endpoint_auth_method", authentication?.rawValue),
    ]
    for (name, text) in texts { if let text { members.append((name, .string(text))) } }
    if let scopes { members.append(("scopes", .list(scopes.names.map(Value.string)))) }
    return Value.map(members).json
  }

  /// Whether it was made where a client would register now, and for all that is to be asked.
  func fits(_ place: String, _ asked: Scopes) -> Bool {
    guard AuthorizationServer.isSame(self.place, place) else { return false }
    return scopes.map { asked.subtracting($0).isEmpty } ?? true
  }
}

extension AuthorizationFlow {
  /// Whether there is a client that it can be asked for.
  package var hasClient: Bool {
    submission.values.withBytes(of: OAuthClient.idField) { !$0.isEmpty }
  }

  /// Whether its client is one that registers itself: as the entry says, or at a server of which no entry tells. One
  /// that somebody brought stays.
  package var registersItself: Bool {
    if hasClient, !submission.values.contains(KeptRegistration.setting) { return false }
    if provider.authMode == .mcpOAuth2Generic { return true }
    if case .dynamic = RegistrationRules(provider) { return true }
    return false
  }

  /// Where a client registers; nil where none does.
  var registrationPlace: String? {
    if let server { return server.issuer }
    if case .dynamic(let address, _) = RegistrationRules(provider) { return address }
    return nil
  }

  /// The client that registered itself for an earlier link, where it may be used for this one: at the same server, with
  /// the same redirect address, for nothing more than it registered for, and before its end. Nil where it has to register
  /// anew.
  package borrowing func keptClient(at now: Timestamp = .now()) -> OAuthClient? {
    guard let kept = KeptRegistration(submission.values), let place = registrationPlace,
      kept.fits(place, scopes), hasClient
    else { return nil }
    let client = OAuthClient(
      id: submission.values.withBytes(of: OAuthClient.idField) { $0.shownText },
      secret: submission.values.duplicate(of: OAuthClient.secretField),
      source: .dynamic(at: kept.registered, end: kept.ends), authentication: kept.authentication,
      callback: kept.callback)
    guard client.fits(callback), !client.hasEnded(at: now) else { return nil }
    return client
  }
}

extension SecretValues {
  /// The client among them, with what is kept of its registration; nil where there is none.
  package borrowing func client() -> SecretValues? {
    guard contains(OAuthClient.idField) else { return nil }
    var client = SecretValues()
    for id in [OAuthClient.idField, OAuthClient.secretField, KeptRegistration.setting] {
      if let value = duplicate(of: id) { client.set(id, to: value) }
    }
    return client
  }

  /// Puts what `client` gave in the place of the client that is there.
  package mutating func setClient(from client: borrowing SecretValues) {
    for id in [OAuthClient.idField, OAuthClient.secretField, KeptRegistration.setting] {
      if let value = client.duplicate(of: id) { set(id, to: value) } else { remove(id) }
    }
  }
}
