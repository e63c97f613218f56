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
    if json {
      Console.json(.map(report(of: record)))
    } else {
      Console.line(
        TextTable(rows: factRows(of: record.facts, record.provider) + fieldRows(of: record)).text)
    }
    return .done
  }

  private func report(of record: borrowing ConnectionRecord) -> Value.Map {
    let (fields, provider) = (record.values.keys, record.provider)
    var report = FactsReport.json(record.facts.summary)
    report["fields"] = .list(fields.map { .string($0.description) })
    report["variables"] = .map(
      fields.map { ($0.description, .string(provider.variableName(for: $0))) })
    return report
  }

  private func factRows(of facts: ConnectionFacts, _ provider: Provider) -> [[String]] {
    let now = Timestamp.now()
    var rows = [
      ["Connection", facts.name.description],
      ["Provider", provider.displayName],
      ["Account", facts.diagnosis?.account ?? "–"],
    ]
    if let organization = facts.diagnosis?.organization {
      rows.append(["Organization", organization])
    }
    rows += [
      ["Last check", FactsReport.lastCheck(of: facts.summary, now: now)],
      ["Expires", expiry(of: facts, now: now)],
    ]
    for (name, text) in (facts.diagnosis?.metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
      rows.append([name, text])
    }
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
    for id in fields {
      let isMasked = form.fields.first { $0.id == id }?.isMasked ?? true
      rows.append([id.description, FieldReport.line(for: id, in: record, isMasked: isMasked)])
    }
    return rows + fields.map { ["In usher run", "\(provider.variableName(for: $0)) is \($0)"] }
  }

  private func expiry(of facts: ConnectionFacts, now: Timestamp) -> String {
    guard let expires = facts.diagnosis?.expires else {
      return facts.diagnosis?.unreadExpiry.map { "“\($0)”, which could not be read as a date" }
        ?? "–"
    }
    return "\(expires.description) (\(FactsReport.expiry(of: facts.summary, now: now)))"
  }
}
