internal import Basics
internal import ProviderFormat

/// The token requests of OAuth 2.0 as entries declare them (RFC 6749, sections 4.1.3 and 6).
struct GeneralProcedure {
  private let provider: Provider
  private let hasSecret: Bool

  init(_ provider: Provider, _ client: TokenProcedure.Client) {
    self.provider = provider
    hasSecret = client.hasSecret
  }

  var procedure: TokenProcedure {
    let rules = GrantRules().declared(by: provider)
    let settings = AuthorizationRules(provider).foundInToken
    return TokenProcedure(
      exchange: GrantStep(
        call: call(exchange).at(.token(member: Self.member)), rules: rules, settings: settings),
      renewal: GrantStep(
        call: call(renewal).at(renewalPlace), rules: rules, needs: [.refreshToken]))
  }

  /// The address for tokens of people, where there are several.
  private static let member = AuthMode.oauth2.rawValue

  private var renewalPlace: TokenCall.Place {
    provider.entry["refresh_url"]?.text == nil ? .token(member: Self.member) : .renewal
  }

  // MARK: Members

  private var exchange: [Value.Member] {
    var members = Value.Map([.grantCode, .code, .redirect])
    for member in provider.entry["token_params"]?.map?.members ?? [] {
      members[member.key] = member.value
    }
    if AuthorizationRules(provider).usesProofKey {
      members[Value.Member.verifier.key] = Value.Member.verifier.value
    }
    return members.members
  }

  private var renewal: [Value.Member] {
    let grant = Value.Member.grantRefresh
    var members = Value.Map([grant])
    let declared = provider.entry["refresh_params"]?.map
    for member in (declared ?? provider.entry["token_params"]?.map ?? .init()).members {
      // What got the first token says how, which is no way to get the next.
      if declared == nil, member.key == grant.key { continue }
      members[member.key] = member.value
    }
    members[Value.Member.refreshToken.key] = Value.Member.refreshToken.value
    return members.members
  }

  // MARK: The client

  private func call(_ members: [Value.Member]) -> TokenCall {
    let proof = ClientProof(of: provider, hasSecret: hasSecret)
    let members = members + proof.members
    let isJSON = provider.entry["body_format"]?.text == "json"
    return isJSON
      ? .json(members, headers: proof.headers) : .form(members, headers: proof.headers)
  }
}
