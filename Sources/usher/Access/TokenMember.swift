internal import ProviderFormat
internal import Requests
internal import Secrets

/// What a script may have of a connection's tokens. A refresh token is no part of it.
enum TokenMember: String, CaseIterable {
  case accessToken
  // What stands for an access token with AWS: all three sign a request.
  case accessKeyID = "accessKeyId"
  case secretAccessKey
  case sessionToken

  /// Those of a provider's connections, in the order in which they are told; none for a mode without tokens.
  static func all(of provider: Provider) -> [TokenMember] {
    if TokenOrigin(provider) == .none { return [] }
    return provider.authMode == .awsSigV4 ? aws : [.accessToken]
  }

  /// Those that a token has.
  static func all(in token: borrowing TokenSet) -> [TokenMember] {
    let isAWS = token.values.contains(TokenMember.accessKeyID.valueName)
    return (isAWS ? aws : [.accessToken]).filter { token.values.contains($0.valueName) }
  }

  /// The temporary credentials of a role.
  static let aws: [TokenMember] = [.accessKeyID, .secretAccessKey, .sessionToken]

  /// What it is called beside the fields of its connection, in `--env` and as a part of a variable's name.
  var field: Field.ID { Field.ID(.credentials, rawValue) }

  /// What it is called among the values of a token.
  var valueName: String {
    switch self {
    case .accessToken: TokenSet.accessTokenName
    case .accessKeyID: TokenSet.awsNames.keyID
    case .secretAccessKey: TokenSet.awsNames.secretKey
    case .sessionToken: TokenSet.awsNames.sessionToken
    }
  }
}
