package import Basics
package import Secrets

/// `{"status":200,"headers":[["content-type","text/plain"]]}`
extension AnswerHead {
  /// One object.
  package func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("status", ifPresent: Int64(status))
    json.member("headers", pairs: headers.map { ($0.name, $0.value) })
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> AnswerHead? {
    var status: Int?
    var headers: [(String, String)]?
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "status": status = Int(try reader.integer(text))
      case "headers": headers = try reader.pairs(text)
      default: throw reader.failure(.unexpected)
      }
    }
    guard let status, let headers else { return nil }
    return AnswerHead(status: status, headers: headers.map { (name: $0.0, value: $0.1) })
  }
}

/// `{"method":"GET","address":"https://…","headers":[["accept","text/plain"]]}`
extension RequestHead {
  /// One object.
  package func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("method", method)
    json.member("address", address)
    json.member("headers", pairs: headers.map { ($0.name, $0.value) })
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> RequestHead? {
    var (method, address): (String?, String?) = (nil, nil)
    var headers: [(String, String)]?
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "method": method = try reader.plainString(text)
      case "address": address = try reader.plainString(text)
      case "headers": headers = try reader.pairs(text)
      default: throw reader.failure(.unexpected)
      }
    }
    guard let method, let address, let headers else { return nil }
    return RequestHead(
      method: method, address: address,
      headers: headers.map { .init(name: $0.0, value: $0.1) })
  }
}

/// `{"seconds":7,"attempt":1,"attempts":2,"sentence":"…"}`
extension CallWait {
  /// One object.
  package func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("seconds", ifPresent: seconds)
    json.member("attempt", ifPresent: Int64(attempt))
    json.member("attempts", ifPresent: Int64(attempts))
    json.member("sentence", sentence)
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> CallWait? {
    var numbers: [String: Int64] = [:]
    var sentence: String?
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "seconds", "attempt", "attempts": numbers[member] = try reader.integer(text)
      case "sentence": sentence = try reader.plainString(text)
      default: throw reader.failure(.unexpected)
      }
    }
    guard let sentence, let seconds = numbers["seconds"], let attempt = numbers["attempt"],
      let attempts = numbers["attempts"]
    else { return nil }
    return CallWait(
      seconds: seconds, attempt: Int(attempt), attempts: Int(attempts), sentence: sentence)
  }
}
