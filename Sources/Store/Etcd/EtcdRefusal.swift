internal import Basics
internal import Connections
internal import Requests

/// What a member answered that could not do what was asked.
struct EtcdRefusal: Error {
  /// The server's own words.
  let message: String
  let status: Int
  /// Whether it says nothing as etcd does.
  private let isForeign: Bool

  init(_ answer: GatewayAnswer) {
    status = answer.status
    let json = try? unsafe Value(json: answer.body.span.bytes)
    let words = json?["message"]?.text ?? json?["error"]?.text
    isForeign = words == nil
    message = words ?? "it answered with the HTTP status \(answer.status)"
  }

  private static let passingWords = [
    "no leader", "leader changed", "timed out", "too many requests", "server stopped",
    "not capable",
  ]

  /// Whether another member may do it, or the same one in a moment. What was to be changed may be changed nevertheless.
  var isPassing: Bool {
    Self.passingWords.contains(where: message.contains) || [429, 502, 503, 504].contains(status)
  }

  /// Whether the token was not taken, so that a new one may do.
  var isOldToken: Bool {
    ["invalid auth token", "auth revision"].contains(where: message.contains)
  }

  /// Whether nobody is asked for a name there.
  var isWithoutUsers: Bool { message.contains("authentication is not enabled") }

  /// Whether name and password do not belong together.
  var isWrongPassword: Bool { message.contains("invalid user ID or password") }

  /// In the reader's terms.
  /// - Parameter address: of the store.
  func failure(_ address: EtcdAddress) -> StoreFailure {
    let user = address.user.map { "the user \($0)" } ?? "whoever gives no name"
    if message.contains("permission denied") {
      return .engine(
        reason: "\(user) may not do that there",
        advice: "let a role of that user read and write what begins with \(address.prefix)/",
        isFull: false)
    }
    if message.contains("user name is empty") || isOldToken {
      return .engine(
        reason: "the servers want to know who asks",
        advice: "name the user before the hosts: etcds://USER@HOST/\(address.prefix)",
        isFull: false)
    }
    if isWrongPassword {
      return .engine(
        reason: "the servers do not take the name \(address.user ?? "") with that password",
        advice: "type it again, or ask who looks after the servers", isFull: false)
    }
    if message.contains("too large") || message.contains("larger than max") {
      return .engine(
        reason: "it is larger than the servers take at once",
        advice: "raise --max-request-bytes of all members, or keep less in one connection",
        isFull: false)
    }
    if message.contains("database space exceeded") {
      return .engine(
        reason: "the servers have no room left (alarm NOSPACE)",
        advice: "compact and defragment them, then etcdctl alarm disarm", isFull: true)
    }
    if message.contains("has been compacted") {
      return .engine(
        reason: "the servers threw away the state that was being read",
        advice: "run the command again; let them keep some minutes of history", isFull: false)
    }
    if message.contains("transport:") {
      return .engine(
        reason: "its members do not reach themselves through their gateway (\(message))",
        advice: "where they want certificates (--client-cert-auth), theirs have to be good for "
          + "clients too",
        isFull: false)
    }
    if isForeign { return .badAnswer }
    if isPassing { return .noLeader(message) }
    return .engine(
      reason: "etcd says: \(message)", advice: "usher doctor asks each of its members",
      isFull: false)
  }
}

extension StoreFailure {
  /// The members answer and cannot agree.
  static func noLeader(_ message: String) -> StoreFailure {
    .engine(
      reason: "its members have no leader at the moment (\(message))",
      advice: "more than half of them have to be up and reach each other: usher doctor asks each",
      isFull: false)
  }

  /// - Parameter reasons: what became of each member, clauses.
  static func unreachable(_ reasons: [String]) -> StoreFailure {
    .engine(
      reason: "no member could be asked: \(reasons.joined(separator: "; "))",
      advice: "look at the address and the network, then try again: usher doctor", isFull: false)
  }
}
