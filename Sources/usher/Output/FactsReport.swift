internal import Basics
internal import Connections
internal import Requests

/// How the facts of a connection read, for people and for scripts. `list`, `show`, `check` and `connect` share it.
enum FactsReport {
  /// `accepted, 2 hours ago`, or that nobody has checked yet; and the last try, if nothing was found out by it.
  static func lastCheck(of summary: ConnectionSummary, now: Timestamp) -> String {
    let attempt = summary.attempt.map {
      "; \(words(for: $0.kind)), \($0.time.relative(to: now))"
    }
    guard let finding = summary.finding, finding.kind != .uncheckable,
      let checked = summary.checked
    else { return "stored, not checked" + (attempt ?? "") }
    return "\(words(for: finding.kind)), \(checked.relative(to: now))" + (attempt ?? "")
  }

  /// `in 89 days`; where the provider says nothing of an end, the one that was chosen.
  static func expiry(of summary: ConnectionSummary, now: Timestamp) -> String {
    guard let end = summary.end else {
      return summary.finding?.unreadExpiry.map { "“\($0)”, not read" } ?? "–"
    }
    let words = end < now ? "expired \(end.relative(to: now))" : end.relative(to: now)
    return summary.hasChosenEnd ? "\(words), chosen" : words
  }

  static func words(for kind: Diagnosis.Kind) -> String {
    switch kind {
    case .accepted: "accepted"
    case .wrongKind: "not a key of this kind"
    case .wrongTenant: "wrong account"
    case .lacksRight: "a right is missing"
    case .refused: "refused"
    case .busy: "provider busy"
    case .unreachable: "not reached"
    case .unclear: "answer not understood"
    case .uncheckable: "cannot be checked"
    case .cancelled: "cancelled"
    }
  }

  /// The members of one connection in every JSON output. Absent facts are null, so that scripts can rely on the keys.
  static func json(_ summary: ConnectionSummary) -> Value.Map {
    let finding = summary.finding
    return Value.Map(
      members: clear(summary.entry) + [
        ("checked", .optional(summary.checked?.description)),
        ("diagnosis", .optional(finding?.kind.rawValue)),
        ("tried", .optional(summary.attempt?.time.description)),
        ("tried_diagnosis", .optional(summary.attempt?.kind.rawValue)),
        ("account", .optional(finding?.account)),
        ("organization", .optional(finding?.organization)),
        ("expires", .optional(summary.end?.description)),
        ("chosen_end", .optional(summary.chosenEnd?.description)),
        ("unread_expiry", .optional(finding?.unreadExpiry)),
        ("token_expires", .optional(finding?.tokenExpires?.description)),
        ("unread_token_expiry", .optional(finding?.unreadTokenExpiry)),
        ("rights", .list((finding?.rights ?? []).map(Value.string))),
        ("metadata", metadata(finding?.metadata ?? [:])),
        ("application", .optional(summary.application?.description)),
      ])
  }

  /// What is known of a connection that cannot be opened here.
  static func json(_ entry: ConnectionIndexEntry, obstacle: String) -> Value.Map {
    Value.Map(members: clear(entry) + [("error", .string(obstacle))])
  }

  private static func clear(_ entry: ConnectionIndexEntry) -> [(String, Value)] {
    [
      ("name", .string(entry.name.description)),
      ("provider", .string(entry.name.provider)),
      ("version", .int(entry.version)),
      ("created", .string(entry.created.description)),
      ("changed", .string(entry.changed.description)),
    ]
  }

  /// A diagnosis by itself, as `check --json` and `connect --json` print it.
  static func json(_ diagnosis: Diagnosis) -> Value.Map {
    Value.Map(members: [
      ("diagnosis", .string(diagnosis.kind.rawValue)),
      ("cause", .optional(diagnosis.cause?.rawValue)),
      ("status", diagnosis.status.map(Value.int) ?? .null),
      ("host", .optional(diagnosis.host)),
      ("account", .optional(diagnosis.account)),
      ("organization", .optional(diagnosis.organization)),
      ("expires", .optional(diagnosis.expires?.description)),
      ("unread_expiry", .optional(diagnosis.unreadExpiry)),
      ("token_expires", .optional(diagnosis.tokenExpires?.description)),
      ("unread_token_expiry", .optional(diagnosis.unreadTokenExpiry)),
      ("metadata", metadata(diagnosis.metadata)),
      ("sentence", .string(diagnosis.sentence)),
      ("next", .string(diagnosis.nextStep)),
      ("provider_says", .optional(diagnosis.providerSays)),
    ])
  }

  private static func metadata(_ metadata: [String: String]) -> Value {
    let members = metadata.sorted { $0.key < $1.key }
    return .map(Value.Map(members: members.map { ($0.key, .string($0.value)) }))
  }
}
