internal import ArgumentParser
internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests

/// How an account is linked that takes a person's consent. An application's secret is none of them: arguments are visible
/// to every process.
struct LinkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The application to link with, by the name that it is kept under.", valueName: "name"))
  var app: String?
  @Option(
    name: .customLong("client-id"),
    help: ArgumentHelp("What the provider calls your application.", valueName: "id"))
  var clientID: String?
  @Option(
    name: .customLong("scope"),
    help: ArgumentHelp(
      "A right to ask for, or several with commas between; may be repeated.", valueName: "name"))
  var scopes: [String] = []
  @Option(
    name: .customLong("user-scope"),
    help: ArgumentHelp(
      "A right to ask for in the name of the person who agrees (Slack).", valueName: "name"))
  var userScopes: [String] = []
  @Option(
    name: .customLong("param"),
    help: ArgumentHelp(
      "A parameter for the address; one without a value is left out of it.",
      valueName: "name=value"))
  var parameters: [String] = []
  @Option(
    name: .customLong("redirect-uri"),
    help: ArgumentHelp(
      "The redirect address that is registered with the application.", valueName: "address"))
  var redirectURI: String?
  @Option(
    help: ArgumentHelp(
      "The port of the usual redirect address (\(Callback.usualPort)).", valueName: "number"))
  var port: Int?
  @Flag(
    name: .customLong("allow-loopback"),
    help: "Believe a server on this machine that says where its users sign in.")
  var allowsLoopback = false
  @Flag(
    name: .customLong("register-anew"),
    help: "Register the client once more, where it registers itself and was kept.")
  var registersAnew = false
  @Flag(name: .customLong("device"), help: "Agree by a code that is typed on another device.")
  var usesDevice = false

  /// Whether any was given.
  var isGiven: Bool { !given.isEmpty }

  /// What was given, as it is written.
  private var given: [String] {
    let options: [(String, Bool)] = [
      ("--app", app != nil), ("--client-id", clientID != nil), ("--scope", !scopes.isEmpty),
      ("--user-scope", !userScopes.isEmpty), ("--param", !parameters.isEmpty),
      ("--redirect-uri", redirectURI != nil), ("--port", port != nil),
      ("--allow-loopback", allowsLoopback), ("--register-anew", registersAnew),
      ("--device", usesDevice),
    ]
    return options.filter(\.1).map(\.0)
  }

  func validate() throws {
    if redirectURI != nil && port != nil {
      throw ValidationError(
        "--port belongs to the usual redirect address: leave out --redirect-uri.")
    }
    if let port, !(1...65535).contains(port) {
      throw ValidationError("--port takes a number from 1 to 65535.")
    }
    if let port, Callback.portsClosedToBrowsers.contains(port) {
      throw ValidationError("--port \(port) is one that browsers refuse to open: take another.")
    }
    if clientID?.isEmpty == true { throw ValidationError("--client-id needs a value.") }
    for parameter in parameters where parameter.first == "=" || !parameter.contains("=") {
      throw ValidationError("--param takes NAME=VALUE, or NAME= to leave one out.")
    }
  }

  /// The name of the application, where one was given.
  func application() throws(CommandError) -> ApplicationName? {
    guard let app else { return nil }
    guard let name = ApplicationName(app) else {
      throw .usage(
        Explanation(
          what: "\(app) cannot be an application's name",
          why: "letters, digits, -, _ and . are allowed, 64 of them at most"))
    }
    return name
  }

  /// What of it a link goes by.
  func plan(for provider: Provider) throws -> LinkPlan {
    var plan = LinkPlan()
    // One that is empty says that none is wanted.
    if !scopes.isEmpty { plan.scopes = Scopes(text: scopes.joined(separator: " ")) }
    plan.userScopes = Scopes(text: userScopes.joined(separator: " "))
    if !plan.userScopes.isEmpty, provider.slug != AuthorizationRules.slugWithUserScopes {
      throw CommandError.usage(
        Explanation(
          what: "\(provider.displayName) knows no --user-scope",
          why: "it does not tell a person's rights from the application's", advice: "use --scope"))
    }
    plan.parameters = try parameters.map(parameter)
    if let redirectURI { plan.callback = try Callback(redirectURI) }
    if let port { plan.callback = .loopback(port: port) }
    plan.isCallbackGiven = redirectURI != nil || port != nil
    plan.usesDevice = usesDevice
    plan.allowsLoopback = allowsLoopback
    plan.registersAnew = registersAnew
    return plan
  }

  private func parameter(_ text: String) throws(CommandError) -> AuthorizationFlow.Parameter {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard !Masking.masks(Field(id: .init(.connectionConfig, name))) else {
      throw .usage(
        Explanation(
          what: "\(name) is a secret and is not taken from an argument",
          why: "arguments are visible to every process on this machine and stay in the history",
          advice: "hand it in with --from FILE"))
    }
    guard !AuthorizationFlow.ownParameters.contains(name) else {
      throw .usage(
        Explanation(
          what: "\(name) cannot be given with --param",
          why: "it is what proves that an answer belongs to the question, or where the answer goes",
          advice:
            name == "client_id"
            ? "use --client-id" : name == "redirect_uri" ? "use --redirect-uri" : nil))
    }
    return AuthorizationFlow.Parameter(name: name, value: parts.count == 2 ? String(parts[1]) : "")
  }

  /// - Throws: where a form alone finishes the link, so that none of it has a meaning.
  func refuse(for provider: Provider) throws(CommandError) {
    guard let option = given.first else { return }
    throw .usage(
      Explanation(
        what: "\(option) has no meaning for \(provider.displayName)",
        why: "its accounts are linked with values alone, and nobody has to agree in a browser",
        advice: "leave it out"))
  }
}

extension LinkOptions {
  /// A line that gives none.
  static var none: LinkOptions {
    var options = LinkOptions()
    options.app = nil
    options.clientID = nil
    options.scopes = []
    options.userScopes = []
    options.parameters = []
    options.redirectURI = nil
    options.port = nil
    options.allowsLoopback = false
    options.registersAnew = false
    options.usesDevice = false
    return options
  }
}
