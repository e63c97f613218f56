internal import Basics
internal import Secrets

/// A request in the form over which AWS Signature Version 4 is made, so that what proxies change on the way does not
/// matter.
package struct AWSCanonicalRequest: ~Copyable {
  let text: SecretBuffer
  /// `host;x-amz-date`
  let signedHeaders: String

  /// Headers that are made or changed after the signature.
  private static let unsigned: Set = [
    "authorization", "user-agent", "expect", "transfer-encoding", "connection", "accept-encoding",
  ]

  /// - Parameters:
  ///   - path: as it stands in the address, percent-encoded.
  ///   - query: as it stands in the address, without the question mark.
  ///   - headers: the ones that are sent, `host` included.
  ///   - isS3: whether the path is that of an object, which may hold empty parts and dots.
  package init(
    method: String, path: RawSpan, query: RawSpan, headers: borrowing PreparedHeaders,
    body: RawSpan, isS3: Bool
  ) throws(SigningError) {
    var text = SecretWriter()
    text.append(text: "\(method)\n")
    if isS3 {
      text.append(path)
    } else {
      AWSPath.normalized(path).withBytes { AWSPath.append($0, to: &text) }
    }
    text.append(UInt8(ascii: "\n"))
    var parameters = CanonicalParameters()
    parameters.append(form: query)
    guard let parameters = parameters.joined() else { throw .tooLong }
    parameters.withBytes { text.append($0) }
    text.append(UInt8(ascii: "\n"))
    let names = headers.names.filter { !Self.unsigned.contains($0) }.sorted()
    for name in names {
      text.append(text: "\(name):")
      headers.withValue(of: name) { Self.append(trimmed: $0, to: &text) }
      text.append(UInt8(ascii: "\n"))
    }
    let signedHeaders = names.joined(separator: ";")
    text.append(text: "\n\(signedHeaders)\n")
    Digests.sha256(body).withBytes { text.append(hex: $0) }
    guard let text = text.finish() else { throw .tooLong }
    self.text = text
    self.signedHeaders = signedHeaders
  }

  /// - Parameter url: absolute; it gives `host`, path and query.
  init(
    method: String, url: RawSpan, headers: borrowing PreparedHeaders, body: RawSpan, isS3: Bool
  ) throws(SigningError) {
    let parts = try SigningError.parts(of: url)
    var all = PreparedHeaders()
    all.set("host", to: SecretBuffer(text: parts.origin.description, capacity: 1))
    for name in headers.names {
      headers.withValue(of: name) { all.set(name, to: SecretBuffer(copying: $0)) }
    }
    try self.init(
      method: method, path: url.extracting(parts.path), query: url.extracting(parts.query),
      headers: all, body: body, isS3: isS3)
  }

  /// Without blanks at the ends, and with one in place of several.
  private static func append(trimmed value: RawSpan, to text: inout SecretWriter) {
    var isAfterBlank = false
    for offset in value.rangeWithoutOuterBlanks {
      let isBlank = value[offset].isBlank
      if isBlank, isAfterBlank { continue }
      text.append(isBlank ? 0x20 : value[offset])
      isAfterBlank = isBlank
    }
  }
}

/// Paths in the canonical form of every service but S3.
private enum AWSPath {
  /// Without empty parts and without dots (RFC 3986, section 5.2.4); at least `/`.
  static func normalized(_ path: RawSpan) -> SecretBuffer {
    var parts: [Range<Int>] = []
    var start = 0
    while start <= path.byteCount {
      let end = path.firstOffset(from: start) { $0 == UInt8(ascii: "/") } ?? path.byteCount
      let part = path.extracting(start..<end)
      if part.equals("..".utf8) {
        _ = parts.popLast()
      } else if !part.isEmpty, !part.equals(".".utf8) {
        parts.append(start..<end)
      }
      start = end + 1
    }
    var text = SecretBuffer(capacity: path.byteCount + 1)
    for part in parts {
      text.append(UInt8(ascii: "/"))
      text.append(path.extracting(part))
    }
    let isFolder = path.byteCount > 0 && path[path.byteCount - 1] == UInt8(ascii: "/")
    if parts.isEmpty || isFolder { text.append(UInt8(ascii: "/")) }
    return text
  }

  /// Encoded once more than it is sent.
  static func append(_ path: RawSpan, to text: inout SecretWriter) {
    for offset in 0..<path.byteCount {
      let byte = path[offset]
      if byte.isUnreserved || byte == UInt8(ascii: "/") {
        text.append(byte)
      } else {
        text.append(escaped: byte)
      }
    }
  }
}
