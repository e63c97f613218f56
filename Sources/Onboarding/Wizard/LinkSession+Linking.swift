internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// The way through a provider that needs a person's consent.
extension LinkSession {
  /// The steps of the guide, and behind them the one of the application.
  static func stages(
    of form: Form, _ way: LinkWay?, callback: Callback, name: ApplicationName?
  ) -> [WizardStep] {
    let steps = WizardStep.all(of: form)
    switch way {
    case nil, .some(.impossible): return steps
    case .some(.redirect), .some(.direct), .some(.typed):
      let application = WizardStep.application(of: form, callback: callback, name: name)
      return steps + [application].compactMap(\.self)
    }
  }

  /// Whether nothing of a step is asked, because an application is kept: its own step, and what is only to be read.
  func isSkipped(_ stage: WizardStep) -> Bool {
    linking.chosen != nil && (stage.isApplication || stage.fields.isEmpty)
  }

  /// The steps that are gone through, by their numbers from 0.
  var route: [Int] { stages.indices.filter { !isSkipped(stages[$0]) } }

  /// Whether there is something to choose among rights, or to look at, that was not said before.
  var asksForRights: Bool {
    guard linking.way == .redirect, linking.plan.scopes == nil else { return false }
    return !linking.scopeNames.isEmpty
      || !AuthorizationRules(provider).defaultScopes.isEmpty
  }

  /// Where a session goes on whose values are all there.
  var stationBeforeConsent: String { asksForRights ? "the rights" : "the consent" }

  /// Whether a refresh token that somebody has does in place of a browser.
  var takesRefreshToken: Bool {
    switch provider.authMode {
    case .oauth2, .mcpOAuth2, .mcpOAuth2Generic: true
    default: false
    }
  }

  /// Whether a code on another device does in place of an address.
  borrowing func takesDeviceCode() -> Bool {
    if provider.usher.device != nil { return true }
    return linking.ask { $0.flow.server?.deviceEndpoint != nil } ?? false
  }

  /// What is linked: what was typed, the application, the rights.
  borrowing func flow() -> AuthorizationFlow {
    var submission = draft.submission()
    switch linking.application {
    case .some(let application):
      submission.values.set(application.client)
      for id in application.values.keys where !submission.values.contains(id) {
        if let value = application.values.duplicate(of: id) { submission.values.set(id, to: value) }
      }
    case nil: break
    }
    // What is typed goes before it.
    if !submission.values.contains(OAuthClient.idField) {
      switch linking.client {
      case .some(let client): submission.values.setClient(from: client)
      case nil: break
      }
    }
    return AuthorizationFlow(
      submission, scopes: linking.scopes, userScopes: linking.plan.userScopes,
      callback: linking.callback, parameters: linking.plan.parameters)
  }

  /// What is sealed and written of an account that was given; nil where none was.
  borrowing func linkedOrder() -> SaveOrder? {
    switch linking.account {
    case nil: return nil
    case .some(let account):
      switch linking.flow {
      case nil: return nil
      case .some(let flow):
        let record = ConnectionRecord(
          name: name, submission: flow.submission.duplicate(), account: account,
          application: linking.chosen?.name, now: moment)
        let token: TokenSet? =
          switch account.token {
          case .some(let token): token.duplicate()
          case nil: nil
          }
        return SaveOrder(
          record, token: token, application: newApplication(), isReplacing: isReplacing)
      }
    }
  }

  /// Whether the account stays linked with a client that is kept with the connection alone.
  private borrowing func keepsClient() -> Bool {
    let typed = draft.editedFields
    return replacement != nil
      && !form.fields.contains { form.isOfApplication($0) && typed.contains($0.id) }
  }

  /// The application that was typed, to be kept; nil where it is kept already, or there is none.
  borrowing func newApplication() -> Application? {
    guard linking.chosen == nil, form.needsApplication, !keepsClient(),
      let name = wantedApplication ?? ApplicationName(provider.slug)
    else { return nil }
    return Application(
      name: name, of: draft.submission(), by: form, callback: linking.callback, now: moment)
  }
}
