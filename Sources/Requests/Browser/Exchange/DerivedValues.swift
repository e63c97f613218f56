internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// Makes the values that a token request names and that are made of others.
struct DerivedValues {
  private let wanted: Set<FlowValue>
  private let provider: Provider

  init(_ wanted: Set<FlowValue>, provider: Provider) {
    self.wanted = wanted
    self.provider = provider
  }

  /// All but the one that is made of the body.
  func set(in sources: inout TemplateContext) throws(RequestError) {
    for value in FlowValue.allCases where wanted.contains(value) {
      switch value {
      case .formEncodedClient:
        sources.fetched.set(value, to: try client(.form, sources))
      case .percentEncodedClient:
        sources.fetched.set(value, to: try client(.percent, sources))
      case .secretBeginning:
        let secret = try sources.credential(OAuthClient.secretField.name, for: "the token request")
        sources.fetched.set(value, to: secret.withBytes { $0.beginning(ofScalars: 20) })
      case .clientAssertion:
        sources.fetched.set(value, to: try RevolutAssertion.make(from: &sources))
      case .applicationToken:
        sources.fetched.set(value, to: try GitHubApp.token(from: &sources))
      case .commaScopes: sources.request[value.rawValue] = scopes(sources).joined(by: ",")
      case .spacedScopes: sources.request[value.rawValue] = scopes(sources).joined(by: " ")
      case .encodedScopes:
        var text: [UInt8] = []
        scopes(sources).joined(by: " ").withBytes { text.append(component: $0) }
        sources.request[value.rawValue] = String(decoding: text, as: UTF8.self)
      case .timestampMilliseconds: sources.request[value.rawValue] = milliseconds(sources)
      case .authorizationCode, .codeVerifier, .authorizationState, .redirectURI, .resource,
        .tenant, .currentToken, .refreshToken, .userRefreshToken, .deviceCode, .requestToken,
        .requestTokenSecret, .requestSignature:
        break
      }
    }
  }

  /// The signature over the body and the time, where one is wanted.
  func sign(
    _ body: borrowing PreparedBody?, in sources: inout TemplateContext
  ) throws(RequestError) {
    guard wanted.contains(.requestSignature) else { return }
    let key = try sources.credential(OAuthClient.secretField.name, for: "the signature")
    var text = SecretWriter()
    switch body {
    case .some(let body): body.withBytes { text.append($0) }
    case nil: break
    }
    text.append(text: milliseconds(sources))
    var digits = SecretWriter()
    text.withBytes { text in
      key.withBytes { key in
        Digests.hmacSHA256(text, key: key).withBytes { digits.append(hex: $0) }
      }
    }
    guard let signature = digits.finish() else { throw .tooLong }
    sources.fetched.set(.requestSignature, to: signature)
  }

  private enum ClientEncoding { case form, percent }

  private func client(
    _ encoding: ClientEncoding, _ sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    let place = "the token request"
    let id = try sources.credential(OAuthClient.idField.name, for: place)
    let secret = try sources.credential(OAuthClient.secretField.name, for: place)
    var text = SecretWriter()
    func append(_ part: RawSpan, to text: inout SecretWriter) {
      for offset in 0..<part.byteCount {
        if encoding == .form, part[offset] == 0x20 {
          text.append(UInt8(ascii: "+"))
        } else {
          text.append(percentEncoded: part.extracting(offset..<offset + 1))
        }
      }
    }
    id.withBytes { append($0, to: &text) }
    text.append(UInt8(ascii: ":"))
    secret.withBytes { append($0, to: &text) }
    guard let pair = text.finish() else { throw .tooLong }
    return pair
  }

  private func scopes(_ sources: borrowing TemplateContext) -> Scopes {
    Scopes(text: sources.values.withBytes(of: Scopes.setting) { $0.shownText })
  }

  private func milliseconds(_ sources: borrowing TemplateContext) -> String {
    String(sources.now.secondsSinceEpoch * 1000)
  }
}

extension SecretMap<String> {
  /// Sets a value of a flow.
  mutating func set(_ value: FlowValue, to text: consuming SecretBuffer) {
    set(value.rawValue, to: text)
  }
}

extension RawSpan {
  fileprivate func beginning(ofScalars count: Int) -> SecretBuffer {
    var (left, end) = (count, byteCount)
    forEachScalar { _, offset in
      if left == 0 { end = Swift.min(end, offset) }
      left -= 1
      return left >= 0
    }
    return SecretBuffer(copying: extracting(0..<end))
  }
}
