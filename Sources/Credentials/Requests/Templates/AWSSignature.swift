internal import Secrets

/// AWS Signature Version 4: the value of an Authorization header over method, path, query, host and `x-amz-date`, with
/// an empty payload.
struct AWSSignature {
  private let date: String
  private let day: String
  private let request: [String: String]

  init(now: Timestamp, request: [String: String]) {
    date = DayFormat(now).text("YYYYMMDD[T]HHmmss[Z]")
    day = String(date.prefix(8))
    self.request = request
  }

  /// Arguments: key id, secret, region, service and, where it is not the request's, the host.
  func write(_ arguments: borrowing TemplateArguments, to text: inout SecretWriter) {
    var scope = SecretWriter()
    scope.append(text: "\(day)/")
    arguments.withBytes(of: 2) { scope.append($0) }
    scope.append(UInt8(ascii: "/"))
    arguments.withBytes(of: 3) { scope.append($0) }
    scope.append(text: "/aws4_request")

    text.append(text: "AWS4-HMAC-SHA256 Credential=")
    arguments.withBytes(of: 0) { text.append($0) }
    text.append(UInt8(ascii: "/"))
    scope.withBytes { text.append($0) }
    text.append(text: ", SignedHeaders=host;x-amz-date, Signature=")
    var toSign = SecretWriter()
    toSign.append(text: "AWS4-HMAC-SHA256\n\(date)\n")
    scope.withBytes { toSign.append($0) }
    toSign.append(text: "\n")
    canonicalRequest(arguments).withBytes { canonical in
      Digests.sha256(canonical).withBytes { toSign.append(hex: $0) }
    }
    let key = signingKey(arguments)
    key.withBytes { key in
      toSign.withBytes { message in
        Digests.hmacSHA256(message, key: key).withBytes { text.append(hex: $0) }
      }
    }
  }

  private func canonicalRequest(_ arguments: borrowing TemplateArguments) -> SecretBuffer {
    var text = SecretWriter()
    text.append(text: "\(request["method"] ?? "GET")\n\(request["path"] ?? "/")\n")
    text.append(text: "\(request["canonicalQuery"] ?? "")\nhost:")
    if arguments.count > 4 {
      arguments.withBytes(of: 4) { text.append($0) }
    } else {
      text.append(text: request["host"] ?? "")
    }
    text.append(text: "\nx-amz-date:\(date)\n\nhost;x-amz-date\n")
    Digests.sha256(RawSpan()).withBytes { text.append(hex: $0) }
    return text.finish() ?? SecretBuffer(capacity: 1)
  }

  /// The secret, chained through day, region, service and a constant.
  private func signingKey(_ arguments: borrowing TemplateArguments) -> SecretBuffer {
    var start = SecretWriter()
    start.append(text: "AWS4")
    arguments.withBytes(of: 1) { start.append($0) }
    var key = SecretBuffer(text: day, capacity: 8).withBytes { day in
      start.withBytes { Digests.hmacSHA256(day, key: $0) }
    }
    for index in [2, 3] {
      key = arguments.withBytes(of: index) { part in
        key.withBytes { Digests.hmacSHA256(part, key: $0) }
      }
    }
    return SecretBuffer(text: "aws4_request", capacity: 12).withBytes { part in
      key.withBytes { Digests.hmacSHA256(part, key: $0) }
    }
  }
}
