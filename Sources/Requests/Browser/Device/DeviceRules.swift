internal import Basics
internal import ProviderFormat

/// The two requests of the device grant (RFC 8628): one for a code, one that asks again and again whether somebody has
/// agreed. Of an entry that declares them, or of a server that says where they go.
struct DeviceRules {
  let code: TokenCall
  let poll: TokenCall

  private static let grant = "urn:ietf:params:oauth:grant-type:device_code"

  /// Nil where neither the entry nor the server knows this grant.
  init?(_ provider: Provider, client: TokenProcedure.Client, server: AuthorizationServer?) {
    let declared = provider.usher.device
    let place: TokenCall.Place
    if let address = declared?.url {
      place = .address(address)
    } else if let address = server?.deviceEndpoint {
      place = .literal(address)
    } else {
      return nil
    }
    var asked = Value.Map([.clientID, .text("scope", .spacedScopes)])
    var answer = Value.Map([
      .grant(Self.grant), .text("device_code", .deviceCode), .clientID,
    ])
    let method = declared?.method.flatMap(ClientAuthentication.init)
    var headers = [Provider.NamedTemplate.acceptsJSON]
    switch client.hasSecret ? method ?? server?.authentication(hasSecret: true) ?? .post : .none {
    case .none: break
    case .post:
      // A client proves itself at both addresses alike (section 3.1).
      let secret = Value.Member.clientSecret
      (asked[secret.key], answer[secret.key]) = (secret.value, secret.value)
    case .basic: headers.append(server == nil ? .basic : .basic(.percentEncodedClient))
    }
    asked = asked.adding(declared?.parameters)
    answer = answer.adding(declared?.tokenParameters)
    code = TokenCall.form(asked.members, headers: headers).at(place)
    let call = TokenCall.form(answer.members, headers: headers)
    if let address = declared?.tokenURL {
      poll = call.at(.address(address))
    } else if let server, declared == nil {
      poll = call.at(.literal(server.tokenEndpoint))
    } else {
      poll = call.at(.token(member: AuthMode.oauth2.rawValue))
    }
  }
}

extension Value.Map {
  /// With members of an entry, each in the place of one that has its name; null takes one away.
  func adding(_ members: Value.Map?) -> Value.Map {
    var all = self
    for member in members?.members ?? [] {
      all[member.key] = member.value == .null ? nil : member.value
    }
    return all
  }
}
