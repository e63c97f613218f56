internal import Basics
internal import Secrets
internal import Signing

/// The template function `awsSigV4(id, secret, region, service[, host])`: an Authorization value over method, path,
/// query, host and `x-amz-date`, with an empty payload.
struct AWSTemplateSignature {
  let now: Timestamp
  /// What is known of the request: `method`, `path`, `params`, `host`.
  let request: [String: String]

  func write(
    _ arguments: borrowing TemplateArguments, to text: inout SecretWriter
  ) throws(RequestError) {
    let signature = AWSSignature(now: now)
    let signer = AWSSignature.Signer(
      keyID: copy(0, of: arguments), secret: copy(1, of: arguments),
      region: copy(2, of: arguments), service: copy(3, of: arguments))
    var headers = PreparedHeaders()
    let host = arguments.count > 4 ? copy(4, of: arguments) : plain("host", else: "")
    headers.set("host", to: host)
    headers.set("x-amz-date", to: SecretBuffer(text: signature.date, capacity: 1))
    let path = plain("path", else: "/")
    let query = plain("params", else: "")
    let canonical = try path.withBytes { path throws(RequestError) in
      try query.withBytes { query throws(RequestError) in
        try RequestError.ofSigning { () throws(SigningError) in
          try AWSCanonicalRequest(
            method: request["method"] ?? "GET", path: path, query: query, headers: headers,
            body: RawSpan(), isS3: signer.isS3)
        }
      }
    }
    guard let value = signature.value(over: canonical, by: signer) else { throw .tooLong }
    value.withBytes { text.append($0) }
  }

  private func copy(_ index: Int, of arguments: borrowing TemplateArguments) -> SecretBuffer {
    arguments.withBytes(of: index) { SecretBuffer(copying: $0) }
  }

  private func plain(_ fact: String, else other: String) -> SecretBuffer {
    SecretBuffer(text: request[fact] ?? other, capacity: 1)
  }
}
