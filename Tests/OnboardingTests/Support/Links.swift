import Basics
import Catalogues
import Connections
import Drafts
import Onboarding
import ProviderFormat
import Secrets
import TerminalUI

@testable import Requests

/// Providers that need a person's consent, and what comes of asking them.
enum Links {
  static let clientID = "client-7"
  static let clientSecret = "shh-0123456789-client-secret"
  static let code = "code-abcdefgh-0123456789"

  /// A provider of `Fixtures`, with the fields of an application.
  static func form(_ slug: String, hasClient: Bool = true) -> Form {
    let form = Fixtures.catalogue.form(slug)!
    return hasClient ? withClient(form) : form
  }

  static func withClient(_ form: Form) -> Form {
    var form = form
    guard !form.fields.contains(where: { $0.id == OAuthClient.idField }) else { return form }
    form.fields += [
      FormField(
        field: Field(id: OAuthClient.idField, title: "Client ID"), order: 900, label: "Client ID",
        isMasked: false),
      FormField(
        field: Field(
          id: OAuthClient.secretField, title: "Client secret", isOptional: true,
          isDeclaredSecret: true),
        order: 901, label: "Client secret", isMasked: true, acceptsEmpty: true),
    ]
    return form
  }

  static func facts(_ name: String = "work", of slug: String = "quay") -> ApplicationFacts {
    ApplicationFacts(
      name: ApplicationName(name)!, provider: slug, clientID: clientID, callback: .loopback(),
      created: Timestamp(secondsSinceEpoch: 1_790_000_000),
      changed: Timestamp(secondsSinceEpoch: 1_790_000_000))
  }

  static func application(_ facts: ApplicationFacts) -> Application {
    Application(
      facts: facts, client: OAuthClient(id: facts.clientID, secret: SecretBuffer(clientSecret)),
      values: SecretValues())
  }

  static func opening(
    _ form: Form, kept: [ApplicationFacts] = [], client: consuming SecretValues? = nil,
    scopeNames: [String] = []
  ) -> Opening {
    Opening(
      form: form, name: ConnectionName(provider: form.provider.slug)!, applications: kept,
      client: client, scopeNames: scopeNames)
  }

  /// What a connection keeps of a client, be it one that registered itself or not.
  static func client(_ id: String, hasRegistered: Bool) -> SecretValues {
    var values = SecretValues()
    values.set(OAuthClient.idField, to: SecretBuffer(id))
    if hasRegistered {
      let kept = KeptRegistration(
        callback: .loopback(), place: "https://ferry.example", registered: Samples.now)
      values.set(KeptRegistration.setting, to: SecretBuffer(kept.json))
    }
    return values
  }

  /// - Parameter change: what is wanted besides.
  static func options(_ change: (inout WizardOptions) -> Void = { _ in }) -> WizardOptions {
    var options = Samples.options()
    options.keepsDrafts = true
    change(&options)
    return options
  }

  static let names = ["admin", "read", "read:org", "write", "write:org"]

  static func account(
    scopes: [String] = ["read", "offline_access"], refreshes: Bool = true, lasts: Int64? = 3600,
    by account: String? = "jane@example.com"
  ) -> LinkedAccount {
    var values = SecretMap<String>()
    values.set(TokenSet.accessTokenName, to: SecretBuffer("token-0123456789"))
    if refreshes { values.set(TokenSet.refreshTokenName, to: SecretBuffer("again-0123456789")) }
    var diagnosis = Diagnosis(kind: .accepted, sentence: "Quay accepts the token.")
    diagnosis.account = account
    return LinkedAccount(
      token: TokenSet(
        values: values, obtained: Samples.now,
        expires: lasts.map {
          Timestamp(secondsSinceEpoch: Samples.now.secondsSinceEpoch + $0)
        }, type: "Bearer"), credentials: SecretMap(), settings: SecretMap(),
      scopes: Scopes(scopes), diagnosis: account == nil ? nil : diagnosis)
  }

  static func ground(registers: Bool) -> LinkGround {
    LinkGround(
      server: AuthorizationServer(
        issuer: "https://ferry.example", authorizationEndpoint: "https://ferry.example/authorize",
        tokenEndpoint: "https://ferry.example/token"),
      client: registers
        ? OAuthClient(
          id: "registered-1", secret: nil, source: .dynamic(at: Samples.now, end: nil),
          authentication: ClientAuthentication.none, callback: .loopback())
        : nil)
  }

  static func deviceCode() -> DeviceCode {
    DeviceCode(
      userCode: SecretBuffer("WDJB-MJHT"), address: "https://canal.example/device",
      completeAddress: SecretBuffer("https://canal.example/device?user_code=WDJB-MJHT"),
      expires: Timestamp(secondsSinceEpoch: Samples.now.secondsSinceEpoch + 900))
  }

  static func installation(_ id: Int64, _ account: String) -> Installation {
    Installation(id: id, account: account, kind: "Organization")
  }

  /// What a browser ends on after consent.
  /// - Parameter question: the address that was opened.
  static func answer(
    to question: String, code: String = code, state: String? = nil, more: String = ""
  ) -> String {
    let given = state ?? parameter("state", of: question)
    return "http://127.0.0.1:8976/callback?code=\(code)&state=\(given)\(more)"
  }

  static func parameter(_ name: String, of address: String) -> String {
    let query = address.split(separator: "?", maxSplits: 1).last ?? ""
    let pair = query.split(separator: "&").first { $0.hasPrefix("\(name)=") } ?? ""
    return String(pair.dropFirst(name.count + 1))
  }

  /// An address with what chance gave it in its place: of the same length, and the same each time.
  static func fixed(_ address: String) -> String {
    ["state", "code_challenge"].reduce(address) { address, name in
      let value = parameter(name, of: address)
      return value.isEmpty
        ? address : address.replacing(value, with: String(repeating: "x", count: value.count))
    }
  }
}

/// Ways through such providers.
extension Walk {
  /// - Parameter account: of the connection that is replaced; nil for a new one.
  static func linking(
    _ form: Form, kept: [ApplicationFacts] = [], scopeNames: [String] = [],
    replacing account: String? = nil, _ options: WizardOptions = Links.options()
  ) -> Walk {
    var opening = Links.opening(form, kept: kept, scopeNames: scopeNames)
    if let account { opening.replace(accountOf: account) }
    return Walk(Wizard(opening, options: options))
  }

  /// At the consent of Quay, with an application that is kept.
  static func toTheConsent(
    scopeNames: [String] = Links.names, replacing account: String? = nil,
    _ options: WizardOptions = Links.options()
  ) -> Walk {
    let walk = Walk.linking(
      Links.form("quay"), kept: [Links.facts()], scopeNames: scopeNames, replacing: account,
      options)
    walk.press(.enter)
    walk.send(.applicationRead(Links.application(Links.facts())))
    walk.press(.enter)
    return walk
  }

  /// The address that is to be opened; empty on other pages.
  var question: String {
    for case .verbatim(let text) in page.items where text.contains("://") { return text }
    return ""
  }

  /// The page in a window, with nothing of chance on it.
  func fixedCanvas(_ columns: Int, _ rows: Int) -> Canvas {
    var page = page
    page.items = page.items.map { item in
      guard case .verbatim(let text) = item else { return item }
      return .verbatim(Links.fixed(text))
    }
    return PageLayout.canvas(page, in: Size(columns: columns, rows: rows))
  }

  @discardableResult
  func answered(_ result: consuming LinkResult) -> Seen { send(.link(.answered(result))) }

  func refused(_ kind: Diagnosis.Kind, isClientUnknown: Bool = false) -> Seen {
    var diagnosis = Diagnosis(
      kind: kind, sentence: "Quay does not take the code.", nextStep: "Open the address anew.")
    diagnosis.host = "quay.example"
    diagnosis.status = 400
    return answered(.refused(LinkRefusal(diagnosis, isClientUnknown: isClientUnknown)))
  }
}
