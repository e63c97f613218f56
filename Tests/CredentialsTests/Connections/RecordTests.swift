import Basics
import Connections
import Drafts
import ProviderFormat
import Requests
import Secrets
import Testing

@Suite struct ConnectionRecords {
  private func record() throws -> ConnectionRecord {
    let name = try #require(ConnectionName(provider: "acme", name: "lab"))
    var facts = ConnectionFacts(
      name: name, created: Timestamp(secondsSinceEpoch: 1_770_000_000),
      changed: Timestamp(secondsSinceEpoch: 1_770_000_100))
    facts.storeID = "store-1"
    facts.id = "record-1"
    facts.version = 7
    facts.hosts = ["api.acme.example", "eu.acme.example:8443"]
    facts.checked = Timestamp(secondsSinceEpoch: 1_770_000_090)
    var diagnosis = Diagnosis(
      kind: .lacksRight, sentence: "A \"right\" is missing.", nextStep: "Get it.")
    diagnosis.cause = .proxy
    diagnosis.status = 403
    diagnosis.host = "api.acme.example"
    diagnosis.account = "Zoë"
    diagnosis.organization = "Acme\\North"
    diagnosis.expires = Timestamp(secondsSinceEpoch: 1_780_000_000)
    diagnosis.rights = ["read", "write"]
    diagnosis.providerSays = "no"
    facts.diagnosis = diagnosis
    facts.application = ApplicationName("acme-app")
    facts.chosenEnd = Timestamp(secondsSinceEpoch: 1_790_000_000)
    facts.history = [
      event(.linked), event(.renamed, detail: "acme/de\"fault"), event(.broughtBack),
    ]
    let values = SecretValues(fixture: [
      "credentials.apiKey": "line 1\nline \"2\"\\\t\u{1}é🗝-EXAMPLE", "params.organizationName": "-",
    ])
    return ConnectionRecord(
      facts: facts, provider: Fixture.provider(Fixture.acme), values: values)
  }

  private func event(_ kind: ConnectionEvent.Kind, detail: String? = nil) -> ConnectionEvent {
    ConnectionEvent(
      kind, time: Timestamp(secondsSinceEpoch: 1_770_000_050),
      author: EventAuthor(user: "root (Zoë)", host: ""), detail: detail)
  }

  @Test func `a record comes back as it was sealed`() throws {
    let record = try record()
    let bytes = record.encoded()
    let decoded = try ConnectionRecord(decoding: bytes)
    let (facts, provider, fields) = (decoded.facts, decoded.provider, decoded.values.keys)
    let (oldFacts, entry) = (record.facts, record.provider.entry)
    #expect(facts == oldFacts)
    #expect(provider.entry == entry)
    #expect(provider.slug == "acme")
    #expect(provider.origin == .record)
    #expect(fields.map(\.description) == ["credentials.apiKey", "params.organizationName"])
    let value = decoded.values.fixtureText(Fixture.apiKey)
    #expect(value == "line 1\nline \"2\"\\\t\u{1}é🗝-EXAMPLE")
    let again = decoded.encoded().fixtureText
    #expect(again == bytes.fixtureText)
  }

  @Test func `a record is plain JSON with its members in a fixed order`() throws {
    let text = try record().encoded().fixtureText
    let value = try Value(json: text)
    #expect(
      value.map?.members.map(\.key) == [
        "schema", "store_id", "id", "provider", "name", "version", "created", "changed", "hosts",
        "checked", "diagnosis", "application", "chosen_end", "history", "slug", "entry", "fields",
      ])
    #expect(value["created"]?.text == "2026-02-02T02:40:00Z")
    #expect(!text.contains("\n"))
  }

  @Test func `a record without a check has none after reading either`() throws {
    let name = try #require(ConnectionName(provider: "acme"))
    let now = Timestamp(secondsSinceEpoch: 0)
    let record = ConnectionRecord(
      facts: ConnectionFacts(name: name, created: now, changed: now),
      provider: Fixture.provider(Fixture.acme), values: SecretValues())
    let decoded = try ConnectionRecord(decoding: record.encoded())
    let facts = decoded.facts
    #expect(facts.diagnosis == nil)
    #expect(facts.checked == nil)
    #expect(facts.application == nil)
    #expect(facts.chosenEnd == nil)
    #expect(facts.history.isEmpty)
    let text = record.encoded().fixtureText
    #expect(!text.contains("history") && !text.contains("chosen_end"))
  }

  @Test func `of a long history the first link and the last events stay`() {
    let name = ConnectionName(provider: "acme")!
    let now = Timestamp(secondsSinceEpoch: 0)
    var facts = ConnectionFacts(name: name, created: now, changed: now)
    facts.history.append(event(.linked))
    for number in 1...120 { facts.history.append(event(.edited, detail: "\(number)")) }
    #expect(facts.history.count == ConnectionFacts.historyLimit)
    #expect(facts.history.first?.kind == .linked)
    #expect(facts.history.dropFirst().first?.detail == "72")
    #expect(facts.history.last?.detail == "120")
  }

  @Test func `a record with more events than are kept is none`() throws {
    let text = try record().encoded().fixtureText
    let one = #"{"event":"replaced","time":"2026-02-02T02:40:50Z","user":"","host":""}"#
    let many = Array(repeating: one, count: 51).joined(separator: ",")
    let parts = text.components(separatedBy: #""history":["#)
    let changed = SecretBuffer(fixture: parts.joined(separator: #""history":[\#(many),"#))
    #expect(throws: RecordError.invalid("history")) { try Self.decode(changed) }
  }

  @Test func `a record that names no hosts is read`() throws {
    let text = try record().encoded().fixtureText
    let hosts = #""hosts":["api.acme.example","eu.acme.example:8443"],"#
    let parts = text.components(separatedBy: hosts)
    #expect(parts.count == 2)
    let decoded = try ConnectionRecord(decoding: SecretBuffer(fixture: parts.joined()))
    let facts = decoded.facts
    #expect(facts.hosts.isEmpty)
    #expect(facts.id == "record-1")
  }

  @Test(arguments: [
    (#""schema":1"#, #""schema":2"#, RecordError.newerSchema(2)),
    (#""version":7,"#, "", .missing("version")),
    (#""version":7"#, #""version":-1"#, .invalid("version")),
    (#""name":"lab""#, #""name":"../lab""#, .invalid("name")),
    (#""created":"2026-02-02T02:40:00Z""#, #""created":"yesterday""#, .invalid("created")),
    (#""store_id":"store-1","#, "", .missing("store_id")),
    (#""hosts":"#, #""colour":"red","hosts":"#, .unknown("colour")),
    (#""application":"acme-app""#, #""application":"../app""#, .invalid("application")),
    (#""chosen_end":"2026-"#, #""chosen_end":"in 2026-"#, .invalid("chosen_end")),
    (#""event":"brought_back""#, #""event":"danced""#, .invalid("history")),
    (#","detail":"acme"#, #","colour":"acme"#, .invalid("history")),
    (#"{"event":"linked","#, "{", .invalid("history")),
    (#""kind":"lacks_right""#, #""kind":"splendid""#, .invalid("diagnosis")),
    (#""credentials.apiKey":"#, #""apiKey":"#, .invalid("fields")),
  ])
  func `what does not belong in a record is named`(
    old: String, new: String, error: RecordError
  ) throws {
    let text = try record().encoded().fixtureText
    let parts = text.components(separatedBy: old)
    #expect(parts.count == 2)
    let changed = SecretBuffer(fixture: parts.joined(separator: new))
    #expect(throws: error) { try Self.decode(changed) }
  }

  @Test func `a member that stands there twice is no record`() throws {
    let text = try record().encoded().fixtureText
    let twice = SecretBuffer(fixture: #"{"id":"other","# + text.dropFirst())
    #expect(throws: RecordError.self) { try Self.decode(twice) }
  }

  @Test func `every cut of a record is an error and not a crash`() throws {
    let bytes = try record().encoded()
    for count in stride(from: 0, to: bytes.count, by: 7) {
      let cut = bytes.withBytes { SecretBuffer(copying: $0.extracting(0..<count)) }
      #expect(throws: RecordError.self) { try Self.decode(cut) }
    }
  }

  @Test func `a flipped bit never crashes the reader`() throws {
    let text = Array(try record().encoded().fixtureText.utf8)
    for index in stride(from: 0, to: text.count, by: 3) {
      var bytes = text
      bytes[index] ^= 1 << (index % 8)
      var buffer = SecretBuffer(capacity: bytes.count)
      for byte in bytes { buffer.append(byte) }
      _ = try? Self.decode(buffer)
    }
  }

  private static func decode(_ bytes: borrowing SecretBuffer) throws {
    _ = try ConnectionRecord(decoding: bytes)
  }
}

extension String {
  /// The pieces between occurrences of a text.
  fileprivate func components(separatedBy text: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: text) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
