internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// One call of a template's function.
struct FunctionCall: ~Copyable {
  private let function: TemplateFunction
  private let arguments: TemplateArguments
  private let now: Timestamp
  private let request: [String: String]

  init(
    _ function: TemplateFunction, _ arguments: consuming TemplateArguments, _ now: Timestamp,
    _ request: [String: String]
  ) {
    self.function = function
    self.arguments = arguments
    self.now = now
    self.request = request
  }

  borrowing func write(to text: inout SecretWriter) throws(RequestError) {
    switch function {
    case .base64: arguments.withBytes(of: 0) { text.append(base64: $0) }
    case .sha256Hex: withDigest { text.append(hex: $0) }
    case .sha256Base64: withDigest { text.append(base64: $0) }
    case .hmacSha1Hex:
      try needKey()
      arguments.withBytes(of: 0) { message in
        arguments.withBytes(of: 1) { key in
          Digests.hmacSHA1(message, key: key).withBytes { text.append(hex: $0) }
        }
      }
    case .fingerprint:
      guard let key = arguments.withBytes(of: 0, { SigningKey.publicKeyDER(ofPEM: $0) }) else {
        throw failure("the value is not a PEM key of a known kind (RSA, a curve of NIST, Ed25519)")
      }
      text.append(text: "SHA256:")
      key.withBytes { der in Digests.sha256(der).withBytes { text.append(base64: $0) } }
    case .ed25519Sign:
      try needKey()
      let key = try arguments.withBytes(of: 1) { pem throws(RequestError) in
        try RequestError.ofKey { () throws(KeyFault) in try SigningKey(pem: pem, for: .edDSA) }
      }
      let signature = try arguments.withBytes(of: 0) { message throws(RequestError) in
        try RequestError.ofSigning { () throws(SigningError) in try key.sign(message) }
      }
      signature.withBytes { text.append(base64: $0) }
    case .awsSigV4:
      guard arguments.count == 4 || arguments.count == 5 else {
        throw failure("it takes key id, secret, region, service and, if need be, host")
      }
      try AWSTemplateSignature(now: now, request: request).write(arguments, to: &text)
    }
  }

  private borrowing func withDigest(_ body: (RawSpan) -> Void) {
    arguments.withBytes(of: 0) { Digests.sha256($0).withBytes(body) }
  }

  private borrowing func needKey() throws(RequestError) {
    guard arguments.count == 2 else { throw failure("it takes a text and a key") }
  }

  private borrowing func failure(_ why: String) -> RequestError {
    .badArgument(function: function.rawValue, why: why)
  }
}
