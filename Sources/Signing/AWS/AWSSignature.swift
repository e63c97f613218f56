package import Basics
package import Secrets

/// AWS Signature Version 4: the value of an Authorization header.
package struct AWSSignature {
  /// Who signs, and for which service where.
  package struct Signer: ~Copyable {
    let keyID: SecretBuffer
    let secret: SecretBuffer
    let region: SecretBuffer
    let service: SecretBuffer

    /// Every value is wiped with the signer.
    package init(
      keyID: consuming SecretBuffer, secret: consuming SecretBuffer, region: consuming SecretBuffer,
      service: consuming SecretBuffer
    ) {
      self.keyID = keyID
      self.secret = secret
      self.region = region
      self.service = service
    }

    /// Whether the service reads paths and payloads by the rules of S3.
    package var isS3: Bool {
      service.withBytes { service in
        ["s3", "s3-outposts", "s3-object-lambda", "s3express"].contains {
          service.equals($0.utf8)
        }
      }
    }
  }

  /// `20260824T130509Z`
  package let date: String
  private var day: Substring { date.prefix(8) }

  /// - Parameter now: written in UTC, to the second. AWS refuses a signature whose time is some minutes off its own.
  package init(now: Timestamp) { date = DayjsFormatter(now).text("YYYYMMDD[T]HHmmss[Z]") }

  /// What the `authorization` header holds: credential scope, names of the signed headers, signature. Nil when it would
  /// be longer than a secret may be.
  package func value(
    over request: borrowing AWSCanonicalRequest, by signer: borrowing Signer
  ) -> SecretBuffer? {
    var scope = SecretWriter()
    scope.append(text: "\(day)/")
    signer.region.withBytes { scope.append($0) }
    scope.append(UInt8(ascii: "/"))
    signer.service.withBytes { scope.append($0) }
    scope.append(text: "/aws4_request")

    var toSign = SecretWriter()
    toSign.append(text: "AWS4-HMAC-SHA256\n\(date)\n")
    scope.withBytes { toSign.append($0) }
    toSign.append(UInt8(ascii: "\n"))
    request.text.withBytes { text in
      Digests.sha256(text).withBytes { toSign.append(hex: $0) }
    }

    var value = SecretWriter()
    value.append(text: "AWS4-HMAC-SHA256 Credential=")
    signer.keyID.withBytes { value.append($0) }
    value.append(UInt8(ascii: "/"))
    scope.withBytes { value.append($0) }
    value.append(text: ", SignedHeaders=\(request.signedHeaders), Signature=")
    signingKey(signer).withBytes { key in
      toSign.withBytes { message in
        Digests.hmacSHA256(message, key: key).withBytes { value.append(hex: $0) }
      }
    }
    return value.finish()
  }

  /// The secret, chained through day, region, service and a constant.
  private func signingKey(_ signer: borrowing Signer) -> SecretBuffer {
    var start = SecretWriter()
    start.append(text: "AWS4")
    signer.secret.withBytes { start.append($0) }
    let ofDay = start.withBytes { Self.chain(String(day), key: $0) }
    let ofRegion = signer.region.withBytes { region in
      ofDay.withBytes { Digests.hmacSHA256(region, key: $0) }
    }
    let ofService = signer.service.withBytes { service in
      ofRegion.withBytes { Digests.hmacSHA256(service, key: $0) }
    }
    return ofService.withBytes { Self.chain("aws4_request", key: $0) }
  }

  private static func chain(_ text: String, key: RawSpan) -> SecretBuffer {
    text.withBytes { Digests.hmacSHA256($0, key: key) }
  }
}

extension AWSSignature {
  /// Signs a request: adds the headers that it needs to those that will be sent, the signature among them.
  ///
  /// - Parameters:
  ///   - headers: all that are sent, without `host`, which the address gives.
  ///   - sessionToken: of temporary credentials; nil for lasting ones.
  package func sign(
    method: String, url: RawSpan, headers: inout PreparedHeaders, body: RawSpan,
    by signer: borrowing Signer, sessionToken: RawSpan? = nil
  ) throws(SigningError) {
    headers.set("x-amz-date", to: SecretBuffer(text: date, capacity: 1))
    if let sessionToken {
      headers.set("x-amz-security-token", to: SecretBuffer(copying: sessionToken))
    }
    if signer.isS3 {
      var digest = SecretWriter()
      Digests.sha256(body).withBytes { digest.append(hex: $0) }
      headers.set("x-amz-content-sha256", to: digest.finish() ?? SecretBuffer(capacity: 1))
    }
    let request = try AWSCanonicalRequest(
      method: method, url: url, headers: headers, body: body, isS3: signer.isS3)
    guard let value = value(over: request, by: signer) else { throw .tooLong }
    headers.set("authorization", to: value)
  }
}
