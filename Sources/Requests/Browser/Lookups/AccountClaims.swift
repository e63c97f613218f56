internal import Basics
internal import Secrets

/// Whose an account is, as far as what came with the token says so: the token of identity (OpenID Connect Core, section 2),
/// else the access token itself, where they are JSON Web Tokens. It came from the provider itself, and is only shown.
enum AccountClaims {
  /// The most telling first.
  private static let names = ["email", "preferred_username", "upn", "unique_name"]

  /// Cleaned; nil where nothing is said.
  static func account(
    in answer: borrowing GrantReader, from sources: borrowing TemplateContext
  ) -> String? {
    if let token = answer.text(at: "id_token"), let account = account(in: token, sources) {
      return account
    }
    guard let token = answer.token() else { return nil }
    return account(in: token.token, sources)
  }

  private static func account(
    in token: borrowing SecretBuffer, _ sources: borrowing TemplateContext
  ) -> String? {
    let payload = token.withBytes { JWTClaims.payload($0) } ?? SecretBuffer(capacity: 1)
    for name in names {
      let claim = payload.withBytes { JSONPath(name).text(in: $0) } ?? SecretBuffer(capacity: 1)
      if let text = claim.withBytes({ Redactor.clean($0, from: sources) }), !text.isEmpty {
        return text
      }
    }
    return nil
  }
}
