internal import Basics
internal import Secrets

/// What an answer about temporary credentials says. AWS answers in XML, and in JSON where it is asked to; the owner's
/// own service in JSON, with names in camel or snake case, which may lie below `credentials`.
struct STSAnswer: ~Copyable {
  private let body: TokenAnswer

  init(_ answer: borrowing CheckAnswer) { body = TokenAnswer(answer) }

  private static let places = [
    "AssumeRoleResponse.AssumeRoleResult.Credentials.", "credentials.", "Credentials.", "",
  ]

  private static func names(of part: STSRequest.Temporary) -> [String] {
    switch part {
    case .keyID: ["AccessKeyId", "accessKeyId", "access_key_id"]
    case .secretKey: ["SecretAccessKey", "secretAccessKey", "secret_access_key"]
    case .sessionToken: ["SessionToken", "sessionToken", "session_token"]
    }
  }

  private static let expiryNames = [
    "Expiration", "expiration", "expires_at", "expiresAt", "ExpiresAt",
  ]

  /// Puts the credentials where the next request finds them. Returns the name of what is missing, or nil.
  borrowing func store(in sources: inout TemplateContext) -> String? {
    for part in STSRequest.Temporary.allCases {
      let names = Self.names(of: part)
      guard let value = text(named: names) else { return names[0] }
      sources.fetched.set(part.rawValue, to: value)
    }
    return nil
  }

  /// When the credentials end; after an hour where the answer does not say.
  borrowing func expiry(now: Timestamp) -> Timestamp {
    if let text = text(named: Self.expiryNames),
      let time = text.withBytes({ Timestamp(providerText: $0.shownText) })
    {
      return time
    }
    return Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + STSRequest.lifetime)
  }

  /// Whose the credentials are, fit to be shown.
  borrowing func identity(from sources: borrowing TemplateContext) -> AWSIdentity? {
    let place = "GetCallerIdentityResponse.GetCallerIdentityResult."
    guard let arn = body.text(at: place + "Arn")?.cleaned(from: sources) else { return nil }
    return AWSIdentity(arn: arn, account: body.text(at: place + "Account")?.cleaned(from: sources))
  }

  private borrowing func text(named names: [String]) -> SecretBuffer? {
    for place in Self.places {
      for name in names {
        if let text = body.text(at: place + name) { return text }
      }
    }
    return nil
  }
}

extension SecretBuffer {
  fileprivate borrowing func cleaned(from sources: borrowing TemplateContext) -> String? {
    withBytes { Redactor.clean($0, from: sources) }
  }
}
