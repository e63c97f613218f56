package import Basics
package import Secrets

/// `{"user_code":"…","address":"…","complete_address":"…","expires":"…"}`
extension DeviceCode {
  /// One object. Writes the codes straight into the writer's locked memory.
  package borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("user_code", secret: userCode)
    json.member("address", address)
    switch completeAddress {
    case .some(let address): json.member("complete_address", secret: address)
    case nil: break
    }
    json.member("expires", expires.description)
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> DeviceCode? {
    var code: SecretBuffer?
    var complete: SecretBuffer?
    var (address, expires): (String?, Timestamp?) = (nil, nil)
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "user_code": code = try reader.string(text)
      case "complete_address": complete = try reader.string(text)
      case "address": address = try reader.plainString(text)
      case "expires": expires = Timestamp(try reader.plainString(text))
      default: throw reader.failure(.unexpected)
      }
    }
    guard let address, let expires, let code = code.take() else { return nil }
    return DeviceCode(
      userCode: code, address: address, completeAddress: complete, expires: expires)
  }
}
