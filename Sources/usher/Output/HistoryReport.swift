internal import Basics
internal import Connections

/// What happened to a connection, as `history` tells it: for people a line each, for scripts a document.
enum HistoryReport {
  static let titles = ["WHEN", "WHO", "WHAT"]

  static func cells(_ event: ConnectionEvent) -> [String] {
    [event.time.description, author(event.author), words(for: event)]
  }

  /// `anna on lab`; either may be unknown.
  private static func author(_ author: EventAuthor) -> String {
    author.text.isEmpty ? "–" : author.text
  }

  private static func words(for event: ConnectionEvent) -> String {
    let detail = event.detail.map { " \($0)" } ?? ""
    return switch event.kind {
    case .linked: "linked"
    case .replaced: "values replaced"
    case .edited: "changed\(detail)"
    case .renamed: "renamed, was\(detail)"
    case .broughtBack: "values from before brought back"
    case .accepted: "accepted again"
    case .refused: "refused by the provider"
    case .revoked: "values from before revoked at the provider"
    }
  }

  /// Every member is always there, so that scripts can rely on the keys.
  static func json(_ facts: ConnectionFacts, isFormerKept: Bool) -> Value {
    .map([
      ("name", .string(facts.name.description)),
      ("created", .string(facts.created.description)),
      ("version", .int(facts.version)),
      ("former_kept", .bool(isFormerKept)),
      ("events", .list(facts.history.map(json))),
    ])
  }

  private static func json(_ event: ConnectionEvent) -> Value {
    .map([
      ("event", .string(event.kind.rawValue)),
      ("time", .string(event.time.description)),
      ("user", .string(event.author.user)),
      ("host", .string(event.author.host)),
      ("detail", .optional(event.detail)),
    ])
  }
}
