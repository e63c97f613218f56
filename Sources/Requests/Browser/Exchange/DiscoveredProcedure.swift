internal import Basics
internal import ProviderFormat

/// The token requests to a server that was found out about (MCP).
struct DiscoveredProcedure {
  private let server: AuthorizationServer
  private let client: TokenProcedure.Client

  init(_ server: AuthorizationServer, _ client: TokenProcedure.Client) {
    self.server = server
    self.client = client
  }

  var procedure: TokenProcedure {
    let resource = server.resource == nil ? [] : [Value.Member.text("resource", .resource)]
    let exchange: [Value.Member] = [.grantCode, .code, .verifier, .redirect]
    let renewal: [Value.Member] = [.grantRefresh, .refreshToken]
    return TokenProcedure(
      exchange: GrantStep(call: call(exchange + resource)),
      renewal: GrantStep(call: call(renewal + resource), needs: [.refreshToken]))
  }

  private func call(_ members: [Value.Member]) -> TokenCall {
    var members = members
    var headers = [Provider.NamedTemplate.acceptsJSON]
    switch server.authentication(hasSecret: client.hasSecret) {
    case .none: members.append(.clientID)
    case .post: members += [.clientID, .clientSecret]
    case .basic where client.isAsDeclared: headers.append(.basic)
    case .basic:
      // Some servers look for the client among the members before they look at the header.
      members.append(.clientID)
      headers.append(.basic(.percentEncodedClient))
    }
    return TokenCall.form(members, headers: headers).at(.literal(server.tokenEndpoint))
  }
}
