internal import Basics
internal import ProviderFormat

/// The members of token requests that more than one kind of request has.
extension Value.Member {
  /// Of a template.
  static func text(_ name: String, _ template: String) -> Value.Member {
    .init(key: name, value: .string(template))
  }

  /// Of a value of the flow.
  static func text(_ name: String, _ value: FlowValue) -> Value.Member {
    text(name, value.template)
  }

  static func grant(_ type: String) -> Value.Member { text("grant_type", type) }

  /// The code is redeemed.
  static let grantCode = grant("authorization_code")
  /// The token is renewed.
  static let grantRefresh = grant("refresh_token")

  static let clientID = text("client_id", "${clientId}")
  static let clientSecret = text("client_secret", "${clientSecret}")
  static let code = text("code", .authorizationCode)
  static let redirect = text("redirect_uri", .redirectURI)
  static let verifier = text("code_verifier", .codeVerifier)
  static let refreshToken = text("refresh_token", .refreshToken)
}

extension Provider.NamedTemplate {
  /// Identifier and secret of the client as they are.
  static let basic = Self(
    name: "authorization", template: "Basic ${base64(${clientId}:${clientSecret})}")
  /// The secret as a user name without a password.
  static let secretAsUser = Self(
    name: "authorization", template: "Basic ${base64(${clientSecret}:)}")
  static let acceptsJSON = Self(name: "accept", template: "application/json")

  /// Identifier and secret, each encoded before they are joined.
  static func basic(_ encoded: FlowValue) -> Self {
    .init(name: "authorization", template: "Basic ${base64(\(encoded.template))}")
  }
}
