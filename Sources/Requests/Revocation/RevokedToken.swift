internal import Secrets

/// One of the tokens that an account may have. The refresh token goes first: with it most servers end all that came of it,
/// and what is left is the shorter life (RFC 7009, section 2.1).
enum RevokedToken: CaseIterable {
  case refresh, access, userRefresh, userAccess

  /// Those that are kept, in the order in which they are taken back.
  static func all(in known: borrowing TokenSet?) -> [RevokedToken] {
    switch known {
    case .some(let known):
      allCases.filter { token in known.values.withBytes(of: token.keptName) { !$0.isEmpty } }
    case nil: []
    }
  }

  /// Under which name it is kept.
  private var keptName: String {
    switch self {
    case .refresh: TokenSet.refreshTokenName
    case .access: TokenSet.accessTokenName
    case .userRefresh: FlowValue.userRefreshToken.rawValue
    case .userAccess: TokenSet.userTokenName
    }
  }

  /// As a template of a token request names it.
  var template: String {
    switch self {
    case .refresh: FlowValue.refreshToken.template
    case .access: FlowValue.currentToken.template
    case .userRefresh: FlowValue.userRefreshToken.template
    case .userAccess: "${\(TokenSet.userTokenName)}"
    }
  }

  /// What the server is told of its kind (RFC 7009, section 2.1).
  var hint: String { isRefresh ? "refresh_token" : "access_token" }

  var isRefresh: Bool {
    switch self {
    case .refresh, .userRefresh: true
    case .access, .userAccess: false
    }
  }

  /// In a sentence.
  var words: String { isRefresh ? "refresh token" : "access token" }
}
