package import Basics
package import Secrets

/// `{"ready":{…}}`, `{"installations":[…]}`, `{"linked":{…}}` or `{"refused":{…}}`
extension LinkResult {
  /// One object. Writes the values straight into the writer's locked memory.
  package borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    switch self {
    case .ready(let ground):
      json.key("ready")
      ground.write(to: &json)
    case .installations(let installations):
      json.key("installations")
      json.beginArray()
      for installation in installations { installation.write(to: &json) }
      json.endArray()
    case .linked(let account):
      json.key("linked")
      account.write(to: &json)
    case .refused(let refusal):
      json.key("refused")
      refusal.write(to: &json)
    }
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> LinkResult? {
    var result: LinkResult?
    var count = 0
    try reader.object(text) { member, reader throws(JSONError) in
      count += 1
      switch member {
      case "ready":
        if let ground = try LinkGround.read(text, &reader) { result = .ready(ground) }
      case "installations":
        if let list = try Installation.readList(text, &reader) { result = .installations(list) }
      case "linked":
        if let account = try LinkedAccount.read(text, &reader) { result = .linked(account) }
      case "refused":
        if let refusal = try LinkRefusal.read(text, &reader) { result = .refused(refusal) }
      default: throw reader.failure(.unexpected)
      }
    }
    guard count == 1 else { return nil }
    return result
  }
}

/// `{"id":7,"account":"acme","kind":"Organization"}`
extension Installation {
  fileprivate func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("id", ifPresent: id)
    json.member("account", account)
    json.member("kind", ifPresent: kind)
    json.endObject()
  }

  fileprivate static func readList(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> [Installation]? {
    var list: [Installation] = []
    var isGood = true
    try reader.array(text) { reader throws(JSONError) in
      if let installation = try read(text, &reader) {
        list.append(installation)
      } else {
        isGood = false
      }
    }
    return isGood ? list : nil
  }

  private static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> Installation? {
    var (id, account, kind): (Int64?, String?, String?) = (nil, nil, nil)
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "id": id = try reader.integer(text)
      case "account": account = try reader.plainString(text)
      case "kind": kind = try reader.plainString(text)
      default: throw reader.failure(.unexpected)
      }
    }
    guard let id, let account else { return nil }
    return Installation(id: id, account: account, kind: kind)
  }
}

/// `{"diagnosis":{…},"client_unknown":true}`
extension LinkRefusal {
  fileprivate func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.key("diagnosis")
    diagnosis.write(to: &json)
    json.member("client_unknown", isClientUnknown)
    json.endObject()
  }

  fileprivate static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> LinkRefusal? {
    var diagnosis: Diagnosis?
    var isClientUnknown: Bool?
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "diagnosis": diagnosis = try Diagnosis.read(text, &reader)
      case "client_unknown": isClientUnknown = try reader.truth(text)
      default: throw reader.failure(.unexpected)
      }
    }
    guard let diagnosis, let isClientUnknown else { return nil }
    return LinkRefusal(diagnosis, isClientUnknown: isClientUnknown)
  }
}
