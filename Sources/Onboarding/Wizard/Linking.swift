internal import Basics
internal import Connections
internal import Drafts
internal import ProviderFormat
internal import Requests
internal import Secrets

/// What linking with a person's consent has come to: which application stands behind it, which rights are asked for, the
/// question that is open, and what was given. Idle for a provider that a form finishes.
struct Linking: ~Copyable {
  /// Nil for a provider that a form finishes.
  let way: LinkWay?
  /// Those that are kept and fit the provider.
  let applications: [ApplicationFacts]
  /// The kept one that is used; nil where its identifier and secret are typed, or none is needed.
  var chosen: ApplicationFacts?
  /// The same with its secret, once it was needed.
  var application: Application?
  /// The client of the connection that is replaced, with what is kept of its registration; nil where there is none, or
  /// another one is wanted.
  var client: SecretValues?
  /// What is wanted besides the values.
  var plan: LinkPlan
  /// What is asked for.
  var scopes: Scopes
  /// What the provider is known to give, by name.
  let scopeNames: [String]
  /// A secret that is typed on a screen of its own.
  var hidden = HiddenEntry()
  var consent: Consent?
  /// The lines of text so far that may be the beginning of an answer; nil where there are none.
  private var pieces: SecretBuffer?
  /// The screen of a question that Back led out of and that is still open; nil where none is, or its screen is shown.
  var left: ConsentScreen?
  /// To be typed on another device.
  var device: DeviceCode?
  /// Where the application is installed, while one of these places has to be chosen.
  var installations: [Installation] = []
  /// What was given, until it is stored.
  private(set) var account: LinkedAccount?
  /// What it was given for: the values, the client and the settings.
  private(set) var flow: AuthorizationFlow?
  private(set) var summary: LinkSummary?
  /// Whether a client that the server had forgotten has registered anew: once is enough.
  var hasRegisteredAnew = false

  init(
    _ provider: Provider, applications: [ApplicationFacts], client: consuming SecretValues?,
    scopeNames: [String], options: WizardOptions, replacing replacement: Replacement?
  ) {
    way = LinkWay(provider)
    let hasClient = client.isThere
    self.client = client
    self.applications = applications
    plan = options.link
    // What was asked for once is not chosen anew.
    plan.scopes = plan.scopes ?? replacement?.scopes
    scopes = plan.scopes ?? Scopes(AuthorizationRules(provider).defaultScopes)
    self.scopeNames = scopeNames
    guard options.presets[OAuthClient.idField] == nil else { return }
    // What the account is linked with already stays.
    let wanted = options.application ?? replacement?.facts.application
    if hasClient, wanted == nil { return }
    let usual = replacement == nil ? applications.first : nil
    chosen = wanted.map { name in applications.first { $0.name == name } } ?? usual
  }

  /// Where the browser comes back to: what the application is registered with, unless somebody says otherwise.
  var callback: Callback {
    guard !plan.isCallbackGiven, let registered = chosen?.callback else {
      return plan.callback
    }
    return registered
  }

  /// Whether something was given that is not stored yet.
  var holdsAccount: Bool { account.isThere }

  /// Whether a browser has to bring an answer back.
  var needsBrowser: Bool { way == .redirect }

  /// Uses another application; nil for one that is typed.
  mutating func use(_ facts: ApplicationFacts?) {
    chosen = facts
    application = nil
  }

  /// A client that registered itself for an earlier link is not gone by any longer. One that somebody brought stays.
  mutating func forgetRegistration() {
    let hasRegistered =
      switch client {
      case .some(let client): client.contains(KeptRegistration.setting)
      case nil: false
      }
    if hasRegistered { client = nil }
  }

  /// Keeps what was given until it is stored.
  /// - Parameter flow: what it was given for.
  mutating func keep(
    _ account: consuming LinkedAccount, for flow: consuming AuthorizationFlow, at now: Timestamp
  ) {
    summary = LinkSummary(of: account, asked: flow.scopes, flow.submission, at: now)
    self.flow = consume flow
    self.account = consume account
  }

  /// What was being asked for; nil where nothing was. It is kept again with what was given.
  mutating func takeFlow() -> AuthorizationFlow? { flow.take() }

  /// No account was given for this flow yet: it is what is being asked for.
  mutating func begin(_ flow: consuming AuthorizationFlow) {
    self.flow = consume flow
    account = nil
    summary = nil
  }

  /// What is open is not wanted any more.
  mutating func close() {
    consent = nil
    left = nil
    pieces = nil
    device = nil
    installations = []
    hidden.wipe()
  }

  /// Everything that is secret goes; what may be said of it stays.
  mutating func wipe(keptAs name: ApplicationName?) {
    close()
    account = nil
    flow = nil
    application = nil
    client = nil
    summary?.application = name
  }
}

/// The open question.
extension Linking {
  /// Reads what was typed as the answer to the open question, and forgets it. Nil where none is open.
  mutating func readAnswer(at moment: Timestamp) -> Consent.Reading? {
    let text = hidden.take()
    return read(text, at: moment)
  }

  /// The same with a line of text. A paste with line breaks in it comes as several lines: one that is no answer by itself
  /// is read once more behind those before it.
  mutating func readLine(at moment: Timestamp) -> Consent.Reading? {
    let line = hidden.take()
    let reading = read(line, at: moment)
    if case .good = reading { return reading }
    var joined = SecretBuffer(capacity: CallbackReader.limit)
    var fits = true
    var isFirst = true
    switch pieces.take() {
    case .some(let earlier):
      isFirst = false
      fits = earlier.withBytes { joined.append($0) }
    case nil: break
    }
    fits = fits && line.withBytes { joined.append($0) }
    guard fits, !joined.isEmpty else { return reading }
    let whole = isFirst ? reading : read(joined, at: moment)
    if case .good = whole { return whole }
    pieces = consume joined
    return reading
  }

  /// The same with what was heard.
  mutating func read(_ text: borrowing SecretBuffer, at moment: Timestamp) -> Consent.Reading? {
    guard var open = consent.take() else { return nil }
    let reading = open.read(text, at: moment)
    consent = consume open
    return reading
  }

  /// What redeems the answer that was read; nil where there is none.
  mutating func redemption() -> LinkJob? {
    guard var open = consent.take() else { return nil }
    let job = open.redemption()
    consent = consume open
    return job
  }

  /// Lends the open question; nil where there is none.
  borrowing func ask<Answer: ~Copyable>(_ question: (borrowing Consent) -> Answer) -> Answer? {
    switch consent {
    case .some(let consent): question(consent)
    case nil: nil
    }
  }
}
