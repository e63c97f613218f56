internal import Basics
internal import Connections
internal import Requests

/// How the facts of a connection read, for people and for scripts. `list`, `show`, `check` and `connect` share it.
enum FactsReport {
  /// `accepted, 2 hours ago`, or that nobody has checked yet; and the last try, if nothing was found out by it.
  static func lastCheck(of facts: ConnectionFacts, now: Timestamp) -> String {
    let attempt = facts.attempt.map {
      "; \(words(for: $0.kind)), \($0.time.relative(to: now))"
    }
    guard let diagnosis = facts.diagnosis, diagnosis.kind != .uncheckable,
      let checked = facts.checked
    else { return "stored, not checked" + (attempt ?? "") }
    return "\(words(for: diagnosis.kind)), \(checked.relative(to: now))" + (attempt ?? "")
  }

  static func expiry(of facts: ConnectionFacts, now: Timestamp) -> String {
    guard let expires = facts.diagnosis?.expires else {
      return facts.diagnosis?.unreadExpiry.map { "“\($0)”, not read" } ?? "–"
    }
    return expires < now
      ? "expired \(expires.relative(to: now))" : expires.relative(to: now)
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
  static func json(_ facts: ConnectionFacts) -> Value.Map {
    let diagnosis = facts.diagnosis
    return Value.Map(members: [
      ("name", .string(facts.name.description)),
      ("provider", .string(facts.name.provider)),
      ("version", .int(facts.version)),
      ("created", .string(facts.created.description)),
      ("changed", .string(facts.changed.description)),
      ("checked", .optional(facts.checked?.description)),
      ("diagnosis", .optional(diagnosis?.kind.rawValue)),
      ("tried", .optional(facts.attempt?.time.description)),
      ("tried_diagnosis", .optional(facts.attempt?.kind.rawValue)),
      ("account", .optional(diagnosis?.account)),
      ("organization", .optional(diagnosis?.organization)),
      ("expires", .optional(diagnosis?.expires?.description)),
      ("unread_expiry", .optional(diagnosis?.unreadExpiry)),
      ("token_expires", .optional(diagnosis?.tokenExpires?.description)),
      ("unread_token_expiry", .optional(diagnosis?.unreadTokenExpiry)),
      ("rights", .list((diagnosis?.rights ?? []).map(Value.string))),
      ("metadata", metadata(of: diagnosis)),
    ])
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
      ("metadata", metadata(of: diagnosis)),
      ("sentence", .string(diagnosis.sentence)),
      ("next", .string(diagnosis.nextStep)),
      ("provider_says", .optional(diagnosis.providerSays)),
    ])
  }

  private static func metadata(of diagnosis: Diagnosis?) -> Value {
    let members = (diagnosis?.metadata ?? [:]).sorted { $0.key < $1.key }
    return .map(Value.Map(members: members.map { ($0.key, .string($0.value)) }))
  }
}
