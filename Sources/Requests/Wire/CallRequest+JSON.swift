package import Basics
internal import ProviderFormat
package import Secrets

/// A call on its way to the process that makes it:
/// `{"target":{"path":"/users"},"query":[["limit","5"]],"headers":[],"body":{"content":"…"},"options":{…}}`.
extension CallRequest {
  /// Writes the body straight into the writer's locked memory, in Base64: it may be of any bytes.
  package borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    call.writeMembers(to: &json)
    body.writeMember(to: &json)
    json.key("options")
    options.write(to: &json)
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> CallRequest? {
    var (method, baseURL): (String?, String?) = (nil, nil)
    var target: APICall.Target?
    var (parameters, headers): ([(String, String)]?, [(String, String)]?) = ([], [])
    var options: CallOptions?
    var body: CallBody? = .some(CallBody.none)
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "method": method = try reader.plainString(text)
      case "base": baseURL = try reader.plainString(text)
      case "target": target = try APICall.Target.read(text, &reader)
      case "query": parameters = try reader.pairs(text)
      case "headers": headers = try reader.pairs(text)
      case "body": body = try CallBody.readContent(text, &reader)
      case "stream": body = try CallBody.readStream(text, &reader)
      case "options": options = try CallOptions.read(text, &reader)
      default: throw reader.failure(.unexpected)
      }
    }
    guard let target, let parameters, let headers, let options, let body = body.take() else {
      return nil
    }
    let call = APICall(
      method: method, target: target, baseURL: baseURL,
      parameters: parameters.map { .init(name: $0.0, value: $0.1) },
      headers: headers.map { .init(name: $0.0, value: $0.1) })
    return CallRequest(call, body: body, options: options)
  }
}

extension APICall {
  fileprivate func writeMembers(to json: inout SecretJSONWriter) {
    json.member("method", ifPresent: method)
    json.member("base", ifPresent: baseURL)
    json.key("target")
    json.beginObject()
    switch target {
    case .path(let path): json.member("path", path)
    case .link(let link): json.member("link", link)
    case .address(let address): json.member("address", address)
    }
    json.endObject()
    json.member("query", pairs: parameters.map { ($0.name, $0.value) })
    json.member("headers", pairs: headers.map { ($0.name, $0.value) })
  }
}

extension APICall.Target {
  fileprivate static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> APICall.Target? {
    var targets: [APICall.Target] = []
    try reader.object(text) { kind, reader throws(JSONError) in
      switch kind {
      case "path": targets.append(.path(try reader.plainString(text)))
      case "link": targets.append(.link(try reader.plainString(text)))
      case "address": targets.append(.address(try reader.plainString(text)))
      default: throw reader.failure(.unexpected)
      }
    }
    return targets.count == 1 ? targets[0] : nil
  }
}

extension CallBody {
  fileprivate borrowing func writeMember(to json: inout SecretJSONWriter) {
    switch source {
    case .nowhere: break
    case .content(let content):
      json.key("body")
      json.beginObject()
      json.key("content")
      var encoded = SecretWriter()
      content.withBytes { encoded.append(base64: $0) }
      encoded.withBytes { json.string($0) }
      json.member("type", ifPresent: type)
      json.endObject()
    case .stream(let length, let isRepeatable):
      json.key("stream")
      json.beginObject()
      json.member("length", ifPresent: length)
      json.member("type", ifPresent: type)
      json.key("repeatable")
      json.bool(isRepeatable)
      json.endObject()
    }
  }

  fileprivate static func readContent(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> CallBody? {
    var content: SecretBuffer?
    var type: String?
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "content": content = try reader.string(text).withBytes { SecretBuffer(base64: $0) }
      case "type": type = try reader.plainString(text)
      default: throw reader.failure(.unexpected)
      }
    }
    guard let content = content.take() else { return nil }
    return .content(content, type: type)
  }

  fileprivate static func readStream(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> CallBody? {
    var length: Int64?
    var type: String?
    var isRepeatable: Bool?
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "length": length = try reader.integer(text)
      case "type": type = try reader.plainString(text)
      case "repeatable": isRepeatable = try reader.truth(text)
      default: throw reader.failure(.unexpected)
      }
    }
    guard let isRepeatable, (length ?? 0) >= 0 else { return nil }
    return .stream(length: length, type: type, isRepeatable: isRepeatable)
  }
}
