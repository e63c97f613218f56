internal import Basics
internal import Secrets

/// The words with which a token endpoint says why it gives no token: RFC 6749, sections 4.1.2.1 and 5.2, and RFC 8628,
/// section 3.5.
enum OAuthError: String, CaseIterable {
  case invalidRequest = "invalid_request"
  case invalidClient = "invalid_client"
  case invalidGrant = "invalid_grant"
  case unauthorizedClient = "unauthorized_client"
  case unsupportedGrantType = "unsupported_grant_type"
  case invalidScope = "invalid_scope"
  case accessDenied = "access_denied"
  case slowDown = "slow_down"
  case temporarilyUnavailable = "temporarily_unavailable"
  case serverError = "server_error"

  private static let paths = ["error", "error.code", "error.type", "code", "errors[0].code"]
    .map(AnswerPath.init)

  /// Finds one in an answer; nil when none of them is there, or the answer is longer than a refusal.
  init?(in answer: borrowing CheckAnswer) {
    guard answer.body.count <= ProviderMessage.longestAnswer else { return nil }
    for path in Self.paths {
      guard let text = path.text(in: answer), let error = text.withBytes({ Self.named($0) }) else {
        continue
      }
      self = error
      return
    }
    return nil
  }

  /// What some providers call them instead: GitHub, Slack and Zoho, which say so in answers with status 200.
  private static let otherNames: [OAuthError: [String]] = [
    .invalidClient: [
      "incorrect_client_credentials", "bad_client_secret", "invalid_client_id",
      "invalid_client_secret",
    ],
    .invalidGrant: [
      "bad_verification_code", "invalid_code", "code_already_used", "bad_refresh_token",
      "invalid_refresh_token",
    ],
    .invalidRequest: ["redirect_uri_mismatch", "bad_redirect_uri"],
  ]

  private static func named(_ text: RawSpan) -> OAuthError? {
    allCases.first { error in
      ([error.rawValue] + (otherNames[error] ?? [])).contains {
        text.byteCount == $0.utf8.count && text.hasIgnoringCase($0.utf8)
      }
    }
  }

  var kind: Diagnosis.Kind {
    switch self {
    case .invalidClient, .invalidGrant: .refused
    case .unauthorizedClient, .invalidScope, .accessDenied: .lacksRight
    case .unsupportedGrantType: .wrongKind
    case .slowDown, .temporarilyUnavailable, .serverError: .busy
    case .invalidRequest: .unclear
    }
  }
}
