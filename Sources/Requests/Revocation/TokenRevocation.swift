internal import Basics
internal import ProviderFormat

/// The requests that take tokens back (RFC 7009, section 2.1): a form with the token and its kind, from a client that shows
/// who it is as it does for its tokens.
struct TokenRevocation {
  private let proof: ClientProof
  private let place: TokenCall.Place
  private let more: Value.Map

  /// As an entry declares it.
  init(_ provider: Provider, _ declared: UsherExtension.Revocation, _ client: TokenProcedure.Client)
  {
    let method = declared.clientMethod.flatMap(ClientAuthentication.init)
    proof =
      method.map { ClientProof(client.hasSecret ? $0 : .none) }
      ?? ClientProof(of: provider, hasSecret: client.hasSecret)
    place = .address(declared.tokenURL ?? "")
    more = declared.tokenParameters
  }

  /// At a server that says where; nil where it does not.
  init?(_ server: AuthorizationServer, _ client: TokenProcedure.Client) {
    guard let address = server.revocationEndpoint else { return nil }
    proof = ClientProof(server, client)
    place = .literal(address)
    more = Value.Map()
  }

  func call(for token: RevokedToken) -> TokenCall {
    let members = Value.Map([
      .text("token", token.template), .text("token_type_hint", token.hint),
    ])
    let all = Value.Map(members.members + proof.members).adding(more)
    return TokenCall.form(all.members, headers: proof.headers).at(place)
  }
}
