package import Basics
package import Secrets

/// A job on its way to the process that does it: `{"kind":"redeem","flow":{…},"redemption":{…}}`. The kind `prepare` has
/// `allows_loopback` besides, `installation` its number, `renew` the refresh token.
extension LinkJob {
  /// One object. Writes the values straight into the writer's locked memory.
  package borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("kind", kind.word)
    switch kind {
    case .prepare(let allowsLoopback): json.member("allows_loopback", allowsLoopback)
    case .installation(let number): json.member("installation", ifPresent: number)
    case .redeem, .ask, .device, .renew, .installations, .typed: break
    }
    json.key("flow")
    flow.write(to: &json)
    switch redemption {
    case .some(let redemption):
      json.key("redemption")
      redemption.write(to: &json)
    case nil: break
    }
    switch refreshToken {
    case .some(let token): json.member("refresh_token", secret: token)
    case nil: break
    }
    json.endObject()
  }

  /// Reads what `write` writes; nil when a word is unknown, or a member is missing or stands where it has no place.
  package static func read(
    _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> LinkJob? {
    var word = ""
    var members: Set<String> = []
    var (allowsLoopback, installation): (Bool, Int64) = (false, 0)
    var flow: AuthorizationFlow?
    var redemption: Redemption?
    var token: SecretBuffer?
    var isGood = true
    try reader.object(text) { member, reader throws(JSONError) in
      switch member {
      case "kind": word = try reader.plainString(text)
      case "flow": flow = try AuthorizationFlow.read(text, &reader)
      case "allows_loopback": allowsLoopback = try reader.truth(text)
      case "installation": installation = try reader.integer(text)
      case "redemption":
        switch try Redemption.read(text, &reader) {
        case .some(let read): redemption = .some(read)
        case nil: isGood = false
        }
      case "refresh_token": token = try reader.string(text)
      default: throw reader.failure(.unexpected)
      }
      if !["kind", "flow"].contains(member) { members.insert(member) }
    }
    guard isGood,
      let kind = Kind(word: word, allowsLoopback: allowsLoopback, installation: installation),
      members == kind.members, let flow = flow.take()
    else { return nil }
    return LinkJob(kind, flow, redemption: redemption, refreshToken: token)
  }
}

extension LinkJob.Kind {
  fileprivate var word: String {
    switch self {
    case .prepare: "prepare"
    case .redeem: "redeem"
    case .ask: "ask"
    case .device: "device"
    case .renew: "renew"
    case .installations: "installations"
    case .installation: "installation"
    case .typed: "typed"
    }
  }

  /// What a job of the kind has besides its flow.
  fileprivate var members: Set<String> {
    switch self {
    case .prepare: ["allows_loopback"]
    case .installation: ["installation"]
    case .redeem: ["redemption"]
    case .renew: ["refresh_token"]
    case .ask, .device, .installations, .typed: []
    }
  }

  fileprivate init?(word: String, allowsLoopback: Bool, installation: Int64) {
    let kinds: [LinkJob.Kind] = [
      .prepare(allowsLoopback: allowsLoopback), .redeem, .ask, .device, .renew, .installations,
      .installation(installation), .typed,
    ]
    guard let kind = kinds.first(where: { $0.word == word }) else { return nil }
    self = kind
  }
}
