internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets
internal import Signing

/// Registers a client (RFC 7591): for exactly the redirect address that will be used, port included. A state machine
/// like `CheckSession`: it does no input or output itself.
package struct ClientRegistration: ~Copyable {
  /// The name under which people see the client at the provider.
  static let clientName = "Usher"

  private var context: CheckContext
  private let call: TokenCall?
  private let callback: Callback
  private var hasSent = false
  private var host: String?
  private var client: OAuthClient?
  private var failure: Diagnosis?

  /// At the address of the provider's entry, or at that of the server that was found out about.
  package init(
    _ flow: borrowing AuthorizationFlow, at replay: ReplayContext = ReplayContext()
  ) {
    context = CheckContext(flow.sources(adding: SecretMap(), at: replay))
    callback = flow.callback
    if let server = flow.server {
      call = server.registrationEndpoint.map { address in
        TokenCall.json(Self.members(Self.discovered(flow.scopes)))
          .at(.literal(address))
      }
    } else if case .dynamic(let address, let members) = RegistrationRules(flow.provider) {
      call = TokenCall.json(Self.members(members)).at(.address(address))
    } else {
      call = nil
    }
  }

  /// The next request, or the end.
  package mutating func next() -> SessionAction<RegistrationOutcome> {
    if let failure { return .done(.refused(failure)) }
    if let client = client.take() { return .done(.client(client)) }
    guard let call, !hasSent else {
      return .done(.refused(Self.impossible(context.general.name)))
    }
    hasSent = true
    do throws(RequestError) {
      let request = try call.build(in: &context)
      host = request.origin.description
      return .send(request)
    } catch {
      let diagnosis = Diagnosis(of: error, for: context.provider)
      failure = diagnosis
      return .done(.refused(diagnosis))
    }
  }

  /// Takes the answer to the request. A secret or a way of proving oneself that nobody asked for is kept all the same.
  package mutating func receive(_ answer: borrowing CheckAnswer) {
    let read = TokenAnswer(answer)
    let id = read.text(at: "client_id")?.withBytes { $0.shownText } ?? ""
    guard answer.isSuccess, !id.isEmpty else {
      failure = GrantRefusal(context, .registration).diagnosis(
        of: answer, from: context.sources)
      return
    }
    let now = context.sources.now
    func text(_ path: String) -> String? {
      AnswerPath(path).text(in: answer)?.withBytes { $0.shownText }
    }
    // 0 means never.
    let end = text("client_secret_expires_at").flatMap { Int64($0) }.flatMap { seconds in
      seconds > 0 ? Timestamp(secondsSinceEpoch: seconds) : nil
    }
    client = OAuthClient(
      id: id, secret: read.text(at: "client_secret"), source: .dynamic(at: now, end: end),
      authentication: text("token_endpoint_auth_method").flatMap(ClientAuthentication.init),
      callback: registered(in: answer))
  }

  /// The request could not be sent, or its answer could not be read.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    failure = context.unreachable(cause, host: host, detail: detail, isCheck: false)
  }

  /// The redirect address as the server wrote it down: some put a slash behind it, and then refuse it without.
  private func registered(in answer: borrowing CheckAnswer) -> Callback {
    var addresses: [String] = []
    AnswerPath("redirect_uris").forEachText(in: answer) { addresses.append($0.shownText) }
    guard addresses.count == 1, let other = try? Callback(addresses[0]),
      other.isSame(as: callback)
    else { return callback }
    return other
  }

  // MARK: The request

  private static func members(_ own: Value.Map) -> [Value.Member] {
    var members = Value.Map(members: [
      ("redirect_uris", .list([.string(FlowValue.redirectURI.template)])),
      ("token_endpoint_auth_method", .string(ClientAuthentication.none.rawValue)),
      ("client_name", .string(clientName)),
    ])
    for member in own.members where members[member.key] == nil {
      members[member.key] = member.value
    }
    return members.members
  }

  /// For a server of which no entry says anything. Not for devices: some refuse that beside codes.
  private static func discovered(_ scopes: Scopes) -> Value.Map {
    var members = Value.Map(members: [
      ("grant_types", .list([.string("authorization_code"), .string("refresh_token")])),
      ("response_types", .list([.string("code")])),
    ])
    // A client may later ask for no more than this.
    if !scopes.isEmpty { members["scope"] = .string(FlowValue.spacedScopes.template) }
    return members
  }

  private static func impossible(_ name: String) -> Diagnosis {
    Diagnosis(
      kind: .uncheckable, sentence: "\(name) does not let a client register itself.",
      nextStep: "Register an application on its page, and give its identifier.")
  }
}
