internal import Basics
internal import ProviderFormat

/// How a client shows who it is in a request to the server that gives out tokens: by members of the request, by headers.
struct ClientProof {
  var members: [Value.Member] = []
  var headers: [Provider.NamedTemplate] = [.acceptsJSON]

  /// By a method that is named.
  init(_ method: ClientAuthentication) {
    switch method {
    case .none: members = [.clientID]
    case .post: members = [.clientID, .clientSecret]
    case .basic: headers.append(.basic)
    }
  }

  /// As an entry declares it of its token requests.
  init(of provider: Provider, hasSecret: Bool) {
    let isInHeader = provider.entry["authorization_method"]?.text == "header"
    let isBasic = provider.entry["token_request_auth_method"]?.text == "basic"
    if !hasSecret {
      members.append(.clientID)
    } else {
      if !isInHeader { members += [.clientID, .clientSecret] }
      if isInHeader {
        headers.append(.basic(.formEncodedClient))
      } else if isBasic {
        headers.append(.basic)
      }
    }
  }

  /// As a server that was found out about wants it.
  init(_ server: AuthorizationServer, _ client: TokenProcedure.Client) {
    let method = server.authentication(hasSecret: client.hasSecret)
    self.init(method)
    guard method == .basic, !client.isAsDeclared else { return }
    // Some servers look for the client among the members before they look at the header.
    members = [.clientID]
    headers = [.acceptsJSON, .basic(.percentEncodedClient)]
  }
}
