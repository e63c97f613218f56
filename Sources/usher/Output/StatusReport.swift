internal import Basics
internal import Connections
internal import Requests
internal import Tokens

/// How connections are, as `status` tells it: for people a line each, for scripts a document.
enum StatusReport {
  static let titles = ["CONNECTION", "STATUS", "NEXT"]

  static func cells(_ status: ConnectionStatus, now: Timestamp) -> [String] {
    [status.entry.name.description, StatusWords.text(status, now: now)]
      + [command(for: status)].compactMap(\.self)
  }

  /// The command that does what is to be done; nil where that is nothing.
  private static func command(for status: ConnectionStatus) -> String? {
    let name = status.entry.name
    return switch status.step {
    case nil: nil
    case .linkAgain: TokenError.command(toLink: name)
    case .check: "usher check \(name.shortest)"
    case .examine: "usher doctor"
    }
  }

  /// - Parameter obstacle: why nothing sealed can be shown, where that is so for all.
  static func json(
    _ connections: [ConnectionStatus], obstacle: StoreError?, now: Timestamp
  ) -> Value {
    let isKnown = obstacle == nil || connections.isEmpty
    return .map([
      ("needs_hand", isKnown ? .bool(connections.contains { $0.needsHand }) : .null),
      (
        "connections",
        .list(connections.map { .map(members(of: $0, obstacle: obstacle, now: now)) })
      ),
    ])
  }

  /// What may be known of a connection, and is null where it is not.
  static let facts = ["expires", "refused", "account", "checked", "diagnosis", "error"]

  /// Every member is always there, so that scripts can rely on the keys.
  static func members(
    of status: ConnectionStatus, obstacle: StoreError?, now: Timestamp
  ) -> [(String, Value)] {
    let name = status.entry.name
    var (expires, refused): (Timestamp?, Timestamp?) = (nil, nil)
    var error: StoreError?
    switch status.state {
    case .refused(let moment, _): refused = moment
    case .ended(let moment), .expiring(let moment): expires = moment
    case .good(let end): expires = end
    case .unreadable(let reason): error = reason
    case .sealed: error = obstacle
    case .notChecked, .renewsItself: break
    }
    return [
      ("name", .string(name.description)),
      ("provider", .string(name.provider)),
      ("state", .string(StatusWords.word(status.state))),
      ("needs_hand", status.state == .sealed ? .null : .bool(status.needsHand)),
      ("sentence", .string(StatusWords.text(status, now: now))),
      ("next", .optional(command(for: status))),
      ("expires", .optional(expires?.description)),
      ("refused", .optional(refused?.description)),
      ("account", .optional(status.summary?.finding?.account)),
      ("checked", .optional(status.summary?.checked?.description)),
      ("diagnosis", .optional(status.summary?.finding?.kind.rawValue)),
      ("error", .optional(error?.explanation.what)),
    ]
  }
}
