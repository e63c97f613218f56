internal import ArgumentParser
internal import Basics
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Secrets
internal import Store

/// `usher show`
struct Show: UsherCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "All about one connection, except its secrets.",
    discussion: """
      EXAMPLES
        usher show tally
        usher show tailscale-api-key/lab --json
      """)

  @Argument(help: "A connection: PROVIDER/NAME, or PROVIDER.", completion: .connections)
  var name: String
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var store: StoreOptions

  func perform() throws -> ExitCode {
    let session = try store.session()
    let record = try session.read(session.name(meant: name))
    let token = TokenReport(try session.token(of: record.facts.name), of: record)
    let isFormerKept = try session.hasFormer(of: record.facts.name)
    if json {
      var report = report(of: record)
      report["registration"] = RegistrationReport(record.values).json
      report["token"] = token.json
      report["former_kept"] = .bool(isFormerKept)
      Console.json(.map(report))
    } else {
      let client = RegistrationReport(record.values)
      var facts = factRows(
        of: record.facts, record.provider, Scopes(askedIn: record.values), token, client)
      if isFormerKept { facts.append(["Before", FormerWords.line(record.facts.name)]) }
      Console.line(TextTable(rows: facts + fieldRows(of: record) + scriptRows(of: record)).text)
    }
    return .done
  }

  private func report(of record: borrowing ConnectionRecord) -> Value.Map {
    let (fields, provider) = (record.values.keys, record.provider)
    var report = FactsReport.json(record.facts.summary)
    report["scopes"] = .list(Scopes(askedIn: record.values).names.map(Value.string))
    report["fields"] = .list(fields.map { .string($0.description) })
    let usual = provider.usualScriptFields(stored: fields)
    report["variables"] = .map(
      usual.map { (Self.word(for: $0), .string(provider.variableName(for: $0))) })
    report["only_by_env"] = .list(
      provider.scriptFields(stored: fields).filter { !usual.contains($0) }
        .map { .string($0.description) })
    return report
  }

  /// A token is no field of the connection.
  private static func word(for field: Field.ID) -> String {
    TokenMember.allCases.contains { $0.field == field } ? field.name : field.description
  }

  private func factRows(
    of facts: ConnectionFacts, _ provider: Provider, _ scopes: Scopes, _ token: TokenReport,
    _ client: RegistrationReport
  ) -> [[String]] {
    let now = Timestamp.now()
    var rows = [
      ["Connection", facts.name.description],
      ["Provider", provider.displayName],
      ["Account", facts.diagnosis?.account ?? "–"],
    ]
    if let organization = facts.diagnosis?.organization {
      rows.append(["Organization", organization])
    }
    if let application = facts.application {
      rows.append(["Application", application.description])
    }
    if !scopes.isEmpty { rows.append(["Rights asked for", scopes.joined(by: ", ")]) }
    if let line = client.line { rows.append(["Client", line]) }
    rows += [
      ["Last check", FactsReport.lastCheck(of: facts.summary, now: now)],
      ["Expires", expiry(of: facts, now: now)],
    ]
    for (name, text) in (facts.diagnosis?.metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
      rows.append([name, text])
    }
    if let token = token.line(now: now) { rows.append(["Access token", token]) }
    if let end = facts.diagnosis?.tokenExpires {
      rows.append(["Token of the check", "valid until \(end.description), not kept"])
    }
    if let text = facts.diagnosis?.unreadTokenExpiry {
      rows.append(["End of the token", "“\(text)”, which could not be read"])
    }
    rows.append(["Linked", "\(facts.created.description) (version \(facts.version))"])
    return rows
  }

  private func fieldRows(of record: borrowing ConnectionRecord) -> [[String]] {
    let (fields, provider) = (record.values.keys, record.provider)
    let form = Form(provider: provider, guide: nil)
    var rows: [[String]] = []
    for id in fields where !LinkedAccount.bookkeeping.contains(id) {
      let isMasked = form.fields.first { $0.id == id }?.isMasked ?? true
      rows.append([id.description, FieldReport.line(for: id, in: record, isMasked: isMasked)])
    }
    return rows
  }

  /// What a script gets, and what it could have.
  private func scriptRows(of record: borrowing ConnectionRecord) -> [[String]] {
    let (fields, provider) = (record.values.keys, record.provider)
    let usual = provider.usualScriptFields(stored: fields)
    let rows = usual.map { field in
      ["In usher run", "\(provider.variableName(for: field)) is \(Self.word(for: field))"]
    }
    let others = provider.scriptFields(stored: fields)
      .filter { !usual.contains($0) && !LinkedAccount.bookkeeping.contains($0) }
    if others.isEmpty { return rows }
    let names = others.map(\.description).joined(separator: ", ")
    return rows + [["Only with --env", names]]
  }

  private func expiry(of facts: ConnectionFacts, now: Timestamp) -> String {
    let summary = facts.summary
    guard let end = summary.end else {
      return facts.diagnosis?.unreadExpiry.map { "“\($0)”, which could not be read as a date" }
        ?? "–"
    }
    return "\(end.description) (\(FactsReport.expiry(of: summary, now: now)))"
  }
}
