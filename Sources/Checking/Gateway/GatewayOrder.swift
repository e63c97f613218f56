internal import Basics
internal import Requests

/// What the process is told.
enum GatewayOrder: Sendable {
  /// Whom to ask. The first order, and given once.
  case begin(GatewayTarget)
  case post(path: String, member: Int, token: String?)
  case `repeat`(path: String, period: Duration, token: String?, name: String)
  case cease(name: String)

  var head: Value {
    switch self {
    case .begin(let target):
      .map([
        ("members", .list(target.members.map { .string($0.text) })),
        ("certificate", .optional(target.certificateFile)), ("key", .optional(target.keyFile)),
      ])
    case .post(let path, let member, let token):
      .map([("post", .string(path)), ("to", .int(member)), ("token", .optional(token))])
    case .repeat(let path, let period, let token, let name):
      .map([
        ("repeat", .string(path)), ("every", .int(Int(period / .milliseconds(1)))),
        ("token", .optional(token)), ("name", .string(name)),
      ])
    case .cease(let name): .map([("cease", .string(name))])
    }
  }

  /// Nil for what is no order.
  init?(_ head: Value) {
    let token = head["token"]?.text
    if let members = head["members"]?.list {
      let origins = members.compactMap { $0.text.flatMap(WebAddress.init)?.origin }
      guard !origins.isEmpty, origins.count == members.count else { return nil }
      self = .begin(
        GatewayTarget(
          members: origins, certificateFile: head["certificate"]?.text,
          keyFile: head["key"]?.text))
    } else if let path = head["post"]?.text, case .int(let member) = head["to"] {
      self = .post(path: path, member: member, token: token)
    } else if let path = head["repeat"]?.text, case .int(let period) = head["every"],
      let name = head["name"]?.text
    {
      self = .repeat(path: path, period: .milliseconds(period), token: token, name: name)
    } else if let name = head["cease"]?.text {
      self = .cease(name: name)
    } else {
      return nil
    }
  }
}

extension Origin {
  fileprivate var text: String { WebAddress(origin: self, target: "/").text }
}
