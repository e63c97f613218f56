package import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// Puts together what a link gave. Of a setting, what was typed counts before what the redirect brought, and that
/// before what an answer did.
struct LinkedAccountBuilder: ~Copyable {
  /// The settings that were typed, and are not empty.
  private let typed: Set<String>
  private var settings: SecretMap<String>
  private let asked: Scopes
  /// How the provider is called in sentences.
  private let name: String

  /// - Parameter found: settings that the redirect brought.
  init(
    _ flow: borrowing AuthorizationFlow, _ procedure: TokenProcedure?,
    found: borrowing SecretMap<String>
  ) {
    var typed: Set<String> = []
    let kept = [Scopes.setting, AuthorizationServer.setting, KeptRegistration.setting]
    for id in flow.submission.values.keys where id.scope == .connectionConfig {
      let isEmpty = flow.submission.values.withBytes(of: id) { $0.isEmpty }
      if !isEmpty, !kept.contains(id) { typed.insert(id.name) }
    }
    self.typed = typed
    asked = flow.scopes
    name = flow.provider.displayName
    settings = found.duplicate()
    for name in settings.keys where typed.contains(name) { settings.remove(name) }
    for id in kept {
      if let value = flow.submission.values.duplicate(of: id) { settings.set(id.name, to: value) }
    }
    // A renewal repeats it where the client proves itself by a token of its own.
    let needsCallback = procedure?.renewal.contains { $0.call.values.contains(.clientAssertion) }
    if needsCallback == true {
      settings.set(
        Callback.setting.name, to: SecretBuffer(text: flow.callback.address, capacity: 1))
    }
  }

  /// Hands everything over; what is built a second time has no settings.
  mutating func build(_ grant: consuming Grant, at now: Timestamp) -> LinkedAccount {
    var settings = SecretMap<String>()
    swap(&settings, &self.settings)
    for name in grant.settings.keys where !typed.contains(name) && !settings.contains(name) {
      if let value = grant.settings.duplicate(of: name) { settings.set(name, to: value) }
    }
    let scopes = grant.scopes ?? asked
    let credentials = grant.credentials.duplicate()
    let diagnosis = diagnosis(grant)
    let token = Self.tokenSet(grant, scopes, at: now)
    return LinkedAccount(
      token: token, credentials: credentials, settings: settings, scopes: scopes,
      diagnosis: diagnosis)
  }

  /// What the way to the tokens told by itself; nil where that is nothing.
  private func diagnosis(_ grant: borrowing Grant) -> Diagnosis? {
    guard grant.account != nil || grant.shortfall != nil else { return nil }
    var diagnosis = Diagnosis(
      kind: .accepted, sentence: "\(name) gave access to the account.")
    diagnosis.account = grant.account
    if let shortfall = grant.shortfall {
      diagnosis.sentence +=
        " A second token that belongs to it could not be got: \(shortfall.sentence)"
      diagnosis.nextStep = shortfall.nextStep
      diagnosis.providerSays = shortfall.providerSays
    }
    return diagnosis
  }

  private static func tokenSet(
    _ grant: borrowing Grant, _ scopes: Scopes, at now: Timestamp
  ) -> TokenSet? {
    guard grant.values.contains(TokenSet.accessTokenName) else { return nil }
    var values = grant.values.duplicate()
    if !scopes.isEmpty {
      values.set(
        TokenSet.scopesName, to: SecretBuffer(text: scopes.joined(by: ","), capacity: 1))
    }
    return TokenSet(values: values, obtained: now, expires: grant.expires, type: "Bearer")
  }
}

extension AuthorizationFlow {
  /// Whether requests of the account carry what is typed, so that there is no token to get.
  package var hasNoToken: Bool { procedure?.exchange.isEmpty == true }
}

extension LinkedAccount {
  /// One for which no token is got: requests carry what was typed.
  /// - Parameter diagnosis: what the provider says to that.
  package static func typed(
    _ flow: borrowing AuthorizationFlow, _ diagnosis: Diagnosis, at now: Timestamp = .now()
  ) -> LinkedAccount {
    var builder = LinkedAccountBuilder(flow, flow.procedure, found: SecretMap())
    var account = builder.build(Grant(), at: now)
    account.diagnosis = diagnosis
    return account
  }
}
