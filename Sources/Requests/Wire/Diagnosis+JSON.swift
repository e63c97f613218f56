package import Basics
package import Secrets

/// A diagnosis in a record and on the way back from the check's own process.
extension Diagnosis {
  /// One object; what is nil or empty is left out of it. Sealed records hold it, so a name of a member stays what it
  /// is.
  package func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("kind", kind.rawValue)
    json.member("cause", ifPresent: cause?.rawValue)
    if let status {
      json.key("status")
      json.number(Int64(status))
    }
    if let wait {
      json.key("wait")
      json.number(wait)
    }
    json.member("host", ifPresent: host)
    json.member("account", ifPresent: account)
    json.member("organization", ifPresent: organization)
    json.member("expires", ifPresent: expires?.description)
    json.member("unread_expiry", ifPresent: unreadExpiry)
    json.member("token_expires", ifPresent: tokenExpires?.description)
    json.member("unread_token_expiry", ifPresent: unreadTokenExpiry)
    if !rights.isEmpty { json.member("rights", rights) }
    if !metadata.isEmpty {
      json.key("metadata")
      json.beginObject()
      for (name, text) in metadata.sorted(by: { $0.key < $1.key }) { json.member(name, text) }
      json.endObject()
    }
    json.member("sentence", sentence)
    if !nextStep.isEmpty { json.member("next", nextStep) }
    json.member("provider_says", ifPresent: providerSays)
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown or a member is missing.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> Diagnosis? {
    var texts: [String: String] = [:]
    var rights: [String] = []
    var metadata: [String: String] = [:]
    var (status, wait): (Int?, Int64?) = (nil, nil)
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "status": status = Int(try reader.integer(text))
      case "wait": wait = Int64(try reader.integer(text))
      case "rights":
        try reader.array(text) { reader throws(JSONError) in
          rights.append(try reader.plainString(text))
        }
      case "metadata":
        try reader.object(text) { name, reader throws(JSONError) in
          metadata[name] = try reader.plainString(text)
        }
      default: texts[member] = try reader.plainString(text)
      }
    }
    var diagnosis = Diagnosis(texts, status: status, rights: rights)
    diagnosis?.metadata = metadata
    diagnosis?.wait = wait
    return diagnosis
  }

  private init?(_ texts: [String: String], status: Int?, rights: [String]) {
    let known: Set<String> = [
      "kind", "cause", "host", "account", "organization", "expires", "sentence", "next",
      "provider_says", "token_expires", "unread_expiry", "unread_token_expiry",
    ]
    guard texts.keys.allSatisfy(known.contains), let kind = texts["kind"].flatMap(Kind.init),
      let sentence = texts["sentence"]
    else { return nil }
    self.init(kind: kind, sentence: sentence, nextStep: texts["next"] ?? "")
    cause = texts["cause"].flatMap(Cause.init)
    expires = texts["expires"].flatMap { Timestamp($0) }
    tokenExpires = texts["token_expires"].flatMap { Timestamp($0) }
    guard (cause == nil) == (texts["cause"] == nil), (expires == nil) == (texts["expires"] == nil),
      (tokenExpires == nil) == (texts["token_expires"] == nil)
    else { return nil }
    self.status = status
    self.rights = rights
    host = texts["host"]
    account = texts["account"]
    organization = texts["organization"]
    unreadExpiry = texts["unread_expiry"]
    unreadTokenExpiry = texts["unread_token_expiry"]
    providerSays = texts["provider_says"]
  }
}
