internal import Basics
internal import Connections
internal import Requests

/// What is known of an application and is no secret, for people and for scripts.
enum ApplicationReport {
  /// Name, provider, client id, redirect address, number of connections.
  static func cells(_ facts: ApplicationFacts, _ uses: ApplicationUses) -> [String] {
    let isSealed = facts.clientID.isEmpty
    return [
      facts.name.description, facts.provider, isSealed ? "sealed" : facts.clientID,
      facts.callback?.address ?? "–",
      uses.connections(of: facts.name).map { String($0.count) } ?? "–",
    ]
  }

  /// Absent facts are null, so that scripts can rely on the keys.
  static func json(_ facts: ApplicationFacts, _ uses: ApplicationUses) -> Value.Map {
    Value.Map(members: [
      ("name", .string(facts.name.description)),
      ("provider", .string(facts.provider)),
      ("client_id", .optional(facts.clientID.isEmpty ? nil : facts.clientID)),
      ("redirect_uri", .optional(facts.callback?.address)),
      ("created", .string(facts.created.description)),
      ("changed", .string(facts.changed.description)),
      ("connections", connections(of: facts.name, uses)),
    ])
  }

  private static func connections(of name: ApplicationName, _ uses: ApplicationUses) -> Value {
    guard let names = uses.connections(of: name) else { return .null }
    return .list(names.map { .string($0.description) })
  }
}
