internal import Basics
internal import Catalogues
internal import Connections
internal import ProviderFormat
internal import Requests
internal import Secrets

/// All about one application. What is secret stands in it only where it is to be revealed, and then in locked memory.
struct ApplicationPage: ~Copyable {
  private let application: Application
  private let uses: ApplicationUses
  /// The fields of its provider's form that may be shown.
  private let shown: Set<Field.ID>

  init(_ application: consuming Application, _ uses: ApplicationUses) {
    let slug = application.facts.provider
    self.application = application
    self.uses = uses
    let provider = CatalogueSources.catalogue(adding: nil).provider(slug)
    let fields = provider.map { Form(provider: $0, guide: nil).fields } ?? []
    shown = Set(fields.filter { !$0.isMasked }.map(\.id))
  }

  // MARK: For people

  func text(revealing: Bool) -> SecretBuffer {
    let facts = application.facts
    var rows = [
      ["Application", facts.name.description], ["Provider", facts.provider],
      ["Client id", facts.clientID],
    ]
    if !revealing || !hasSecret {
      rows.append(["Client secret", hasSecret ? "kept, sealed" : "none: a public client"])
    }
    rows.append(["Redirect address", facts.callback?.address ?? "not known"])
    rows.append(["Registered", registration])
    if let authentication = application.client.authentication {
      rows.append(["Proves itself by", authentication.rawValue])
    }
    for id in application.values.keys {
      if shown.contains(id) {
        rows.append([id.description, application.values.withBytes(of: id) { $0.shownText }])
      } else if !revealing {
        let count = application.values.withBytes(of: id) { $0.byteCount }
        rows.append([id.description, "secret, \(count) bytes"])
      }
    }
    let users = uses.connections(of: facts.name)
    let names = users.map { $0.map(\.description).joined(separator: ", ") } ?? "not known"
    rows.append(["Linked with it", names.isEmpty ? "nothing" : names])
    rows.append(["Added", facts.created.description])
    rows.append(["Changed", facts.changed.description])
    return lines(rows, revealing: revealing)
  }

  private func lines(_ rows: [[String]], revealing: Bool) -> SecretBuffer {
    var text = SecretWriter()
    text.append(text: TextTable(rows: rows).text)
    text.append(text: "\n")
    if revealing {
      switch application.client.secret {
      case .some(let secret): append("Client secret", secret, to: &text)
      case nil: break
      }
      for id in application.values.keys where !shown.contains(id) {
        guard let value = application.values.duplicate(of: id) else { continue }
        append(id.description, value, to: &text)
      }
    }
    return text.finish() ?? SecretBuffer(capacity: 1)
  }

  private func append(
    _ title: String, _ value: borrowing SecretBuffer, to text: inout SecretWriter
  ) {
    text.append(text: "\(title)  ")
    value.withBytes { text.append($0) }
    text.append(text: "\n")
  }

  private var hasSecret: Bool { application.client.secret.isThere }

  private var registration: String {
    switch application.client.source {
    case .byHand: "by hand, on a page of the provider's"
    case .document: "by a public document, whose address is the client id"
    case .dynamic(let moment, let end):
      "by itself, at \(moment)" + (end.map { ", until \($0)" } ?? "")
    }
  }

  // MARK: For scripts

  /// What is secret and not revealed is left out.
  func json(revealing: Bool) -> SecretBuffer {
    var json = SecretJSONWriter()
    json.beginObject()
    for member in ApplicationReport.json(application.facts, uses).members {
      json.key(member.key)
      json.write(member.value)
    }
    json.key("has_client_secret")
    json.write(.bool(hasSecret))
    json.key("client_authentication")
    json.write(.optional(application.client.authentication?.rawValue))
    if revealing {
      switch application.client.secret {
      case .some(let secret):
        json.key("client_secret")
        secret.withBytes { json.string($0) }
      case nil: break
      }
    }
    json.key("values")
    json.beginObject()
    for id in application.values.keys where revealing || shown.contains(id) {
      json.key(id.description)
      application.values.withBytes(of: id) { json.string($0) }
    }
    json.endObject()
    json.endObject()
    // Nothing that a store keeps is longer than a document may be.
    guard let text = json.finish() else { return SecretBuffer(capacity: 1) }
    return text.withBytes { bytes in
      var line = SecretBuffer(copying: bytes, capacity: bytes.byteCount + 1)
      line.append(UInt8(ascii: "\n"))
      return line
    }
  }
}
