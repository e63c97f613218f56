internal import Basics
internal import Requests
internal import Secrets

/// An event in a sealed record: an object with its members in a fixed order, `detail` only where there is one.
extension ConnectionEvent {
  func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("event", kind.rawValue)
    json.member("time", time.description)
    json.member("user", author.user)
    json.member("host", author.host)
    if let detail { json.member("detail", detail) }
    json.endObject()
  }

  /// Nil where a word of it is unknown, or a member is missing or one that does not belong there.
  static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> ConnectionEvent? {
    var members: [String: String] = [:]
    try reader.object(text) { member, reader throws(JSONError) in
      members[member] = try reader.plainString(text)
    }
    guard let kind = members.removeValue(forKey: "event").flatMap(Kind.init(rawValue:)),
      let time = members.removeValue(forKey: "time").flatMap({ Timestamp($0) }),
      let user = members.removeValue(forKey: "user"),
      let host = members.removeValue(forKey: "host")
    else { return nil }
    let detail = members.removeValue(forKey: "detail")
    guard members.isEmpty else { return nil }
    return ConnectionEvent(
      kind, time: time, author: EventAuthor(user: user, host: host), detail: detail)
  }
}
