internal import Basics
internal import Drafts
package import ProviderFormat
internal import Secrets
internal import Signing

/// Finds out how a server of the Model Context Protocol wants its users to sign in: what it says of itself, who gives
/// out tokens for it, and what those say. A state machine like `CheckSession`: it does no input or output itself, and
/// carries no secret.
package struct MCPDiscovery: ~Copyable {
  private enum Phase {
    /// What the resource itself says.
    case resource
    /// What the server that gives out tokens says, by its name.
    case server(String)
  }

  private let provider: Provider
  private let address: ServerAddress?
  private let reader: MetadataReader
  /// What the server itself said has to be asked for; it knows better than any document.
  private let wanted: Scopes
  private var phase = Phase.resource
  private var places: [String]
  private var found: MetadataReader.Resource?
  private var host: String?
  private var outcome: DiscoveryOutcome?

  /// The version of the protocol that is spoken, which servers want to be told.
  private static let version = "2025-06-18"

  /// - Parameters:
  ///   - address: of the server of MCP.
  ///   - challenge: what it said when it was asked without a token; nil where it was not.
  ///   - allowsLoopback: whether servers on this machine may be asked.
  package init(
    _ provider: Provider, address: String, challenge: BearerChallenge? = nil,
    allowsLoopback: Bool = false
  ) {
    self.provider = provider
    self.address = ServerAddress(address)
    reader = MetadataReader(allowsLoopback: allowsLoopback)
    wanted = challenge?.scopes ?? Scopes()
    places = self.address?.resourcePlaces ?? []
    // What it names itself comes first, if it is its own.
    if let named = challenge?.resourceMetadata, let place = ServerAddress(named),
      place.origin == self.address?.origin
    {
      places = [named] + places.filter { $0 != named }
    }
    if self.address == nil { outcome = .unusable(.noAddress) }
  }

  /// What a server that was found out about says of itself now. It may be asked where it was: on this machine too, if it
  /// was found there.
  init(_ provider: Provider, of server: AuthorizationServer) {
    let origin = server.tokenEndpoint.withBytes { try? Origin(ofAddress: $0) }
    self.init(
      provider, address: server.issuer,
      allowsLoopback: origin.map { MetadataReader.isHere($0.host) } ?? false)
    if address != nil { ask(server.issuer) }
  }

  /// At the address that was typed.
  package init(
    _ flow: borrowing AuthorizationFlow, challenge: BearerChallenge?, allowsLoopback: Bool
  ) {
    self.init(
      flow.provider, address: Self.address(flow), challenge: challenge,
      allowsLoopback: allowsLoopback)
  }

  private static func address(_ flow: borrowing AuthorizationFlow) -> String {
    flow.submission.values.withBytes(of: addressField) { $0.shownText }
  }

  /// The setting in which the server's address stands.
  /// The setting that names the server.
  static let addressField = Field.ID(.connectionConfig, "mcp_server_url")

  /// A question to the server itself, without a token: one that it answers with what it wants (`BearerChallenge`). It
  /// changes nothing there.
  package static func question(
    _ flow: borrowing AuthorizationFlow
  ) throws(RequestError) -> PreparedRequest {
    var headers = PreparedHeaders()
    for (name, value) in [
      ("content-type", "application/json"), ("accept", "application/json, text/event-stream"),
      ("mcp-protocol-version", version),
    ] {
      headers.set(name, to: SecretBuffer(text: value, capacity: 1))
    }
    let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
    return try PreparedRequest(
      method: "POST", url: SecretBuffer(text: address(flow), capacity: 1), headers: headers,
      body: PreparedBody(content: SecretBuffer(text: ping, capacity: 1), format: .json))
  }

  /// The next request, or the end.
  package mutating func next() -> SessionAction<DiscoveryOutcome> {
    if let outcome { return .done(outcome) }
    guard let place = places.first else { return .done(end(.unusable(.nothing))) }
    var headers = PreparedHeaders()
    headers.set("accept", to: SecretBuffer(text: "application/json", capacity: 1))
    headers.set("mcp-protocol-version", to: SecretBuffer(text: Self.version, capacity: 1))
    do throws(RequestError) {
      var request = try PreparedRequest(
        method: "GET", url: SecretBuffer(text: place, capacity: 1), headers: headers, body: nil)
      request.followsRedirects = false
      host = request.origin.description
      return .send(request)
    } catch {
      return .done(end(.unusable(.noAddress)))
    }
  }

  /// Takes the answer to the request that `next` gave last.
  package mutating func receive(_ answer: borrowing CheckAnswer) {
    guard outcome == nil, !places.isEmpty else { return }
    places.removeFirst()
    switch answer.status {
    case 429, 500...: outcome = .unreachable(busy(answer))
    case 200: take(answer)
    // Neither a refusal nor a redirect is words about itself.
    default: goOn()
    }
  }

  /// The request could not be sent, or its answer could not be read.
  package mutating func fail(_ cause: Diagnosis.Cause, detail: String?) {
    guard outcome == nil else { return }
    outcome = .unreachable(.unreachable(cause, host: host, detail: detail, isCheck: false))
  }

  private mutating func take(_ answer: borrowing CheckAnswer) {
    let words = answer.withJSON { try? Value(json: $0, limits: .answers) }
    guard let words, words.map != nil else { return goOn() }
    do throws(DiscoveryFault) {
      switch phase {
      case .resource:
        guard let address else { return }
        found = try reader.resource(words, for: address)
        ask(found?.server ?? address.origin)
      case .server(let issuer):
        var server = try reader.server(words, of: issuer)
        server.resource = found?.resource
        if let scopes = [wanted, found?.scopes ?? Scopes()].first(where: { !$0.isEmpty }) {
          server.scopes = scopes
        }
        outcome = .found(server)
      }
    } catch {
      outcome = .unusable(error)
    }
  }

  /// The next place; behind the last one that the resource may have, the server's own.
  private mutating func goOn() {
    guard places.isEmpty, case .resource = phase, let address else { return }
    ask(address.origin)
  }

  private mutating func ask(_ issuer: String) {
    phase = .server(issuer)
    places = ServerAddress(issuer)?.metadataPlaces ?? []
  }

  private mutating func end(_ outcome: DiscoveryOutcome) -> DiscoveryOutcome {
    self.outcome = outcome
    return outcome
  }

  private func busy(_ answer: borrowing CheckAnswer) -> Diagnosis {
    var diagnosis = Diagnosis(
      kind: .busy,
      sentence:
        "\(provider.displayName) answered \(answer.status) when it was asked how to sign in.",
      nextStep: "Try again later; nothing is wrong so far.")
    diagnosis.status = answer.status
    diagnosis.host = host
    diagnosis.wait = RetryTime(answer, now: .now())?.seconds
    return diagnosis
  }
}
