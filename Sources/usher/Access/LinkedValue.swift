internal import Connections
internal import ProviderFormat

/// One value of one connection that a script or a service is given.
struct LinkedValue: Hashable {
  enum Kind: Hashable {
    /// What was typed or handed in.
    case field(Field.ID)
    /// A part of its access token, got and renewed as needed.
    case token(TokenMember)
  }

  let connection: ConnectionName
  let kind: Kind

  /// What the access token is called, beside the field's own name of its value.
  static let tokenWord = "token"

  /// `apiKey`, `params.organizationName`, `token`: as it is named beside its connection.
  /// - Parameter stored: the connection's fields, among which it has to be clear.
  func word(among stored: [Field.ID]) -> String {
    switch kind {
    case .token(.accessToken): Self.tokenWord
    case .token(let member): member.field.name
    case .field(let id):
      stored.count { $0.name == id.name } == 1 && id.name != Self.tokenWord
        ? id.name : id.description
    }
  }
}
