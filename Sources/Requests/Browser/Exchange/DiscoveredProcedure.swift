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
    let proof = ClientProof(server, client)
    return TokenCall.form(members + proof.members, headers: proof.headers)
      .at(.literal(server.tokenEndpoint))
  }
}
