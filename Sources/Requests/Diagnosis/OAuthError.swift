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
    .map { JSONPath($0) }

  /// Finds one in the body of an answer, JSON or form data; nil when none of them is there, or the answer is longer than
  /// a refusal.
  init?(in body: RawSpan) {
    guard body.byteCount <= ProviderMessage.longestAnswer else { return nil }
    for path in Self.paths {
      guard let range = path.find(in: body), let text = body.extracting(range).jsonText(),
        let error = text.withBytes({ Self.named($0) })
      else { continue }
      self = error
      return
    }
    guard let text = body.formValue(of: "error"), let error = text.withBytes({ Self.named($0) })
    else { return nil }
    self = error
  }

  private static func named(_ text: RawSpan) -> OAuthError? {
    allCases.first {
      text.byteCount == $0.rawValue.utf8.count && text.hasIgnoringCase($0.rawValue.utf8)
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

extension RawSpan {
  /// The value of a name in form data, decoded; nil when the name does not occur.
  func formValue(of name: String) -> SecretBuffer? {
    var start = 0
    while start < byteCount {
      let end = firstOffset(from: start) { $0 == UInt8(ascii: "&") } ?? byteCount
      if has(name.utf8, at: start), has("=".utf8, at: start + name.utf8.count) {
        return SecretBuffer(formDecoding: extracting(start + name.utf8.count + 1..<end))
      }
      start = end + 1
    }
    return nil
  }
}
