internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets
internal import Signing

/// The mode AWS_SIGV4: temporary credentials of the role are got, and sign every request.
struct AWSSigV4Requests: RequestRules {
  let isSigned = true
  let signsRequests = true

  /// What the temporary credentials are for, where that is said with them; else the connection's settings say it.
  enum Scope: String {
    case region = "aws.region"
    case service = "aws.service"
  }

  func check(for provider: Provider) -> CheckMode { .by(AWSRoleCheck()) }

  func tokenProcedure(for provider: Provider) -> (any CheckStrategy)? {
    AWSRoleCheck(asksOwner: false)
  }

  func signsBody(ofType type: String) -> Bool { true }

  /// Over all headers, the host among them. Nothing is signed before there are temporary credentials.
  func sign(
    _ method: String, _ url: borrowing SecretBuffer, _ body: borrowing PreparedBody?,
    headers: inout PreparedHeaders, from sources: inout TemplateContext, isRedacting: Bool
  ) throws(RequestError) {
    typealias Part = STSRequest.Temporary
    guard let keyID = sources.fetched.duplicate(of: Part.keyID.rawValue),
      let secret = sources.fetched.duplicate(of: Part.secretKey.rawValue),
      let token = sources.fetched.duplicate(of: Part.sessionToken.rawValue)
    else { return }
    let signature = AWSSignature(now: sources.now)
    if isRedacting { return signature.setMarks(in: &headers, hasSessionToken: true) }
    let host = try url.withBytes { url throws(RequestError) in
      try RequestError.origin(of: url).description
    }
    headers.set("host", to: SecretBuffer(text: host, capacity: 1))
    let signer = AWSSignature.Signer(
      keyID: keyID, secret: secret, region: try scope(.region, sources),
      service: try scope(.service, sources))
    try url.withBytes { url throws(RequestError) in
      try token.withBytes { token throws(RequestError) in
        switch body {
        case .some(let body):
          try body.withBytes { content throws(RequestError) in
            try RequestError.ofSigning { () throws(SigningError) in
              try signature.sign(
                method: method, url: url, headers: &headers, body: content, by: signer,
                sessionToken: token)
            }
          }
        case nil:
          try RequestError.ofSigning { () throws(SigningError) in
            try signature.sign(
              method: method, url: url, headers: &headers, body: RawSpan(), by: signer,
              sessionToken: token)
          }
        }
      }
    }
  }

  private func scope(
    _ scope: Scope, _ sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    if let said = sources.fetched.duplicate(of: scope.rawValue) { return said }
    let settings = try STSSettings(sources.values)
    let setting =
      switch scope {
      case .region: settings.region
      case .service: settings.service
      }
    guard let setting else {
      throw .unfilled(name: "connectionConfig.service", place: "the signature")
    }
    return SecretBuffer(text: setting, capacity: 1)
  }
}

extension AWSSignature {
  /// Puts marks in place of what a signature adds: it names the key, and would be one over marks.
  func setMarks(in headers: inout PreparedHeaders, hasSessionToken: Bool) {
    headers.set("x-amz-date", to: SecretBuffer(text: date, capacity: 1))
    for name in (hasSessionToken ? ["x-amz-security-token"] : []) + ["authorization"] {
      headers.set(name, to: SecretBuffer(text: Redactor.mark, capacity: 1))
    }
  }
}
