package import Basics
package import Secrets

/// `{"status":404,"diagnosis":{…},"body":"eyJ…","pages":0,"continuation":"/users -q page=2"}`
extension CallOutcome {
  /// One object; what is nil or empty is left out of it. The body is in Base64: it may be of any bytes.
  package func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("status", ifPresent: status.map(Int64.init))
    if let diagnosis {
      json.key("diagnosis")
      diagnosis.write(to: &json)
    }
    if !body.isEmpty {
      json.key("body")
      var encoded = SecretWriter()
      body.withBytes { encoded.append(base64: $0) }
      encoded.withBytes { json.string($0) }
    }
    json.member("pages", ifPresent: Int64(pages))
    json.member("continuation", ifPresent: continuation)
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> CallOutcome? {
    var outcome = CallOutcome()
    var pages: Int64?
    var isGood = true
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "status": outcome.status = Int(try reader.integer(text))
      case "diagnosis":
        outcome.diagnosis = try Diagnosis.read(text, &reader)
        if outcome.diagnosis == nil { isGood = false }
      case "body":
        var body: [UInt8] = []
        let isBase64 = try reader.string(text).withBytes { encoded in
          Base64.decodeLeniently(encoded) { body.append($0) }
        }
        outcome.body = body
        if !isBase64 { isGood = false }
      case "pages": pages = try reader.integer(text)
      case "continuation": outcome.continuation = try reader.plainString(text)
      default: throw reader.failure(.unexpected)
      }
    }
    guard isGood, let pages else { return nil }
    outcome.pages = Int(pages)
    return outcome
  }
}
