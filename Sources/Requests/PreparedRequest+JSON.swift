internal import Basics
internal import Secrets
internal import Signing

/// A request as members of a JSON object, for whoever wants to see it.
extension PreparedRequest {
  /// `method`, `url` and `headers`.
  borrowing func writeHead(to json: inout SecretJSONWriter) {
    json.member("method", method)
    json.key("url")
    url.withBytes { json.string($0) }
    json.key("headers")
    json.beginObject()
    for name in headers.names {
      json.key(name)
      headers.withValue(of: name) { json.string($0) }
    }
    json.endObject()
  }

  /// `body`: a JSON body as what it is, any other as a text.
  borrowing func writeBody(to json: inout SecretJSONWriter) {
    json.key("body")
    switch body {
    case nil: json.raw("null")
    case .some(let body):
      body.withBytes { bytes in
        var reader = JSONReader()
        let isJSON = (try? reader.skip(bytes)) != nil && (try? reader.end(bytes)) != nil
        if isJSON, format == .json { json.raw(bytes) } else { json.string(bytes) }
      }
    }
  }

  /// `body_format`.
  borrowing func writeFormat(to json: inout SecretJSONWriter) {
    json.key("body_format")
    if let format { json.string(format.rawValue) } else { json.raw("null") }
  }
}
