package import Basics
package import Secrets

/// `{"retries":2,"retry_on":["404"],"max_wait":60,"timeout":60,"paging":{"form":"items","most":100},"tells_heads":true}`
extension CallOptions {
  /// One object; what is the usual thing is left out of it.
  package func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("retries", ifPresent: retries.map(Int64.init))
    if !retryOn.isEmpty { json.member("retry_on", retryOn) }
    json.member("max_wait", ifPresent: maxWait)
    json.member("timeout", ifPresent: timeout)
    if let paging {
      json.key("paging")
      json.beginObject()
      json.member("form", paging.form.rawValue)
      json.member("size", ifPresent: paging.pageSize.map(Int64.init))
      json.member("most", ifPresent: Int64(paging.mostPages))
      json.endObject()
    }
    if tellsHeads {
      json.key("tells_heads")
      json.bool(true)
    }
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> CallOptions? {
    var options = CallOptions()
    var isGood = true
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "retries": options.retries = Int(try reader.integer(text))
      case "retry_on":
        try reader.array(text) { reader throws(JSONError) in
          options.retryOn.append(try reader.plainString(text))
        }
      case "max_wait": options.maxWait = try reader.integer(text)
      case "timeout": options.timeout = try reader.integer(text)
      case "paging":
        options.paging = try CallPaging.read(text, &reader)
        isGood = options.paging != nil
      case "tells_heads": options.tellsHeads = try reader.truth(text)
      default: throw reader.failure(.unexpected)
      }
    }
    return isGood ? options : nil
  }
}

extension CallPaging {
  fileprivate static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> CallPaging? {
    var form: Form?
    var (size, most): (Int?, Int?) = (nil, nil)
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "form": form = Form(rawValue: try reader.plainString(text))
      case "size": size = Int(try reader.integer(text))
      case "most": most = Int(try reader.integer(text))
      default: throw reader.failure(.unexpected)
      }
    }
    guard let form, let most else { return nil }
    return CallPaging(form: form, pageSize: size, mostPages: most)
  }
}
