internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets
internal import Signing

/// The requests that get temporary credentials of AWS, and the one that asks whose they are.
struct STSRequest {
  let builder: RequestBuilder
  let settings: STSSettings

  /// Where the credentials are found that an answer gave.
  enum Temporary: String, CaseIterable {
    case keyID = "aws.accessKeyId"
    case secretKey = "aws.secretAccessKey"
    case sessionToken = "aws.sessionToken"
  }

  /// In seconds. AWS takes 900 to 43 200; an hour is what every role allows.
  static let lifetime: Int64 = 3600

  /// Asks for the credentials of the role.
  func assumeRole(from sources: inout TemplateContext) throws(RequestError) -> PreparedRequest {
    switch settings.issuer {
    case .aws: try askAWS(from: &sources)
    case .endpoint(let authentication): try askEndpoint(authentication, from: sources)
    }
  }

  /// Asks AWS whose the temporary credentials are.
  func callerIdentity(
    from sources: borrowing TemplateContext
  ) throws(RequestError) -> PreparedRequest {
    let fetched = { (name: Temporary) in "${\(name.rawValue)}" }
    return try signed(
      [("Action", "GetCallerIdentity"), ("Version", Self.version)],
      keyID: fetched(.keyID), secretKey: fetched(.secretKey),
      sessionToken: fetched(.sessionToken), from: sources)
  }

  private static let version = "2011-06-15"

  private func askAWS(from sources: inout TemplateContext) throws(RequestError) -> PreparedRequest {
    sources.request["sessionName"] = "usher-" + sources.randomSource.uuid()
    return try signed(
      [
        ("Action", "AssumeRole"), ("RoleArn", "${credentials.role_arn}"),
        ("ExternalId", "${connectionConfig.external_id}"), ("RoleSessionName", "${sessionName}"),
        ("DurationSeconds", String(Self.lifetime)), ("Version", Self.version),
      ],
      keyID: "${integrationConfig.awsAccessKeyId}",
      secretKey: "${integrationConfig.awsSecretAccessKey}", sessionToken: nil, from: sources)
  }

  /// A form, signed. Parameters, keys and token are templates.
  private func signed(
    _ parameters: [(name: String, template: String)], keyID: String, secretKey: String,
    sessionToken: String?, from sources: borrowing TemplateContext
  ) throws(RequestError) -> PreparedRequest {
    let members = parameters.map { Value.Member(key: $0.name, value: .string($0.template)) }
    let body = try BodyEncoder(builder, .token).body(members, as: .form, from: sources)
    var headers = PreparedHeaders()
    headers.set("content-type", to: SecretBuffer(text: Self.form, capacity: 1))
    let url = SecretBuffer(text: settings.address, capacity: 1)
    let signature = AWSSignature(now: sources.now)
    if builder.isRedacting {
      signature.setMarks(in: &headers, hasSessionToken: sessionToken != nil)
    } else {
      let signer = AWSSignature.Signer(
        keyID: try value(keyID, from: sources), secret: try value(secretKey, from: sources),
        region: SecretBuffer(text: settings.region, capacity: 1),
        service: SecretBuffer(text: "sts", capacity: 1))
      let token = try value(sessionToken ?? "", from: sources)
      try url.withBytes { url throws(RequestError) in
        try body.withBytes { body throws(RequestError) in
          try token.withBytes { token throws(RequestError) in
            try RequestError.ofSigning { () throws(SigningError) in
              try signature.sign(
                method: "POST", url: url, headers: &headers, body: body, by: signer,
                sessionToken: sessionToken == nil ? nil : token)
            }
          }
        }
      }
    }
    return try builder.request("POST", url, headers, PreparedBody(content: body, format: .form))
  }

  private static let form = "application/x-www-form-urlencoded; charset=utf-8"

  /// A value that cannot be missing.
  private func value(
    _ template: String, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    try builder.writer(.token).needed(template, for: "the signature", from: sources)
  }

  /// The owner's own service, which is told the role and gives what AWS gave it.
  private func askEndpoint(
    _ authentication: STSSettings.Authentication, from sources: borrowing TemplateContext
  ) throws(RequestError) -> PreparedRequest {
    let members: [(String, String?)] = [
      ("role_arn", "${credentials.role_arn}"), ("external_id", "${connectionConfig.external_id}"),
      ("region", settings.region), ("service", settings.service),
    ]
    let parameters = members.compactMap { name, template in
      template.map { Value.Member(key: name, value: .string($0)) }
    }
    var headers = PreparedHeaders()
    headers.set("content-type", to: SecretBuffer(text: "application/json", capacity: 1))
    if let (name, template) = Self.header(for: authentication) {
      try builder.set(name, template, allowing: .token, in: &headers, from: sources)
    }
    let url = try endpointAddress(from: sources)
    let body = try BodyEncoder(builder, .token).body(parameters, as: .json, from: sources)
    return try builder.request("POST", url, headers, PreparedBody(content: body, format: .json))
  }

  /// As it was typed, query included, without a fragment.
  private func endpointAddress(
    from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    let typed = try builder.writer(.token).needed(
      "${integrationConfig.stsEndpointUrl}", for: "the address", from: sources)
    return try typed.withBytes { typed throws(RequestError) in
      if typed.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) { throw .badAddress(.character) }
      let parts = try RequestError.parts(of: typed)
      var address = SecretWriter()
      address.append(text: "\(parts.origin.scheme.rawValue)://\(parts.origin)")
      if parts.path.isEmpty { address.append(UInt8(ascii: "/")) }
      address.append(typed.extracting(parts.target))
      guard let address = address.finish() else { throw .tooLong }
      return address
    }
  }

  private static func header(
    for authentication: STSSettings.Authentication
  ) -> (name: String, template: String)? {
    switch authentication {
    case .none: nil
    case .key(let header): (header.lowercased(), "${integrationConfig.stsApiKey}")
    case .basic:
      (
        "authorization",
        "Basic ${base64(${integrationConfig.stsAuthUsername}:${integrationConfig.stsAuthPassword})}"
      )
    }
  }
}
