internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Requests
package import Secrets

/// The canonical form of a record: one JSON object on one line, members in a fixed order, absent ones left out. It is
/// what gets sealed, so `age -d` shows it.
///
///     {"schema":1,"store_id":"…","id":"…","provider":"tally","name":"default","version":3,
///      "created":"2026-08-24T13:05:09Z","changed":"…","hosts":["api.tally.so"],
///      "checked":"…","tried":"…","tried_diagnosis":"…","diagnosis":{…},"application":"…","chosen_end":"…",
///      "history":[{"event":"linked","time":"…","user":"anna","host":"lab"}],"slug":"tally","entry":{…},
///      "fields":{"credentials.apiKey":"…"}}
extension ConnectionRecord {
  /// The format that is written, and the newest that is read.
  package static let schema: Int64 = 1
  /// In bytes.
  package static let sizeLimit = JSONLimits.members.bytes

  /// - Returns: empty only if the record is longer than `sizeLimit`, which no record is that `Draft` lets through.
  package borrowing func encoded() -> SecretBuffer {
    var json = SecretJSONWriter(limit: Self.sizeLimit)
    json.beginObject()
    json.key("schema")
    json.number(Self.schema)
    json.member("store_id", facts.storeID)
    json.member("id", facts.id)
    json.member("provider", facts.name.provider)
    json.member("name", facts.name.name)
    json.key("version")
    json.number(Int64(facts.version))
    json.member("created", facts.created.description)
    json.member("changed", facts.changed.description)
    json.member("hosts", facts.hosts)
    if let checked = facts.checked { json.member("checked", checked.description) }
    if let attempt = facts.attempt {
      json.member("tried", attempt.time.description)
      json.member("tried_diagnosis", attempt.kind.rawValue)
    }
    if let diagnosis = facts.diagnosis {
      json.key("diagnosis")
      diagnosis.write(to: &json)
    }
    if let application = facts.application { json.member("application", application.description) }
    if let end = facts.chosenEnd { json.member("chosen_end", end.description) }
    if !facts.history.isEmpty {
      json.key("history")
      json.beginArray()
      for event in facts.history { event.write(to: &json) }
      json.endArray()
    }
    json.key("slug")
    json.string(provider.slug)
    json.key("entry")
    json.raw(Value.map(provider.entry).json)
    json.key("fields")
    values.write(to: &json)
    json.endObject()
    return json.finish() ?? SecretBuffer(capacity: 1)
  }

  /// Reads the canonical form: every member known, none twice, in any order. Of those that are always written only
  /// `hosts` may be missing: nothing is decided by it.
  package init(decoding bytes: borrowing SecretBuffer) throws(RecordError) {
    guard bytes.count <= Self.sizeLimit else { throw .tooLong }
    self = try bytes.withBytes { text throws(RecordError) -> ConnectionRecord in
      var parts = RecordParts()
      var reader = JSONReader()
      do throws(JSONError) {
        try reader.object(text) { member, reader throws(JSONError) in
          try parts.read(member, text, &reader)
        }
        try reader.end(text)
      } catch {
        throw parts.texts.failure ?? .notJSON(error.message)
      }
      return try parts.record()
    }
  }
}

/// The members of a record as they are read.
private struct RecordParts: ~Copyable {
  private(set) var texts = RecordTexts()
  private var schema: Int64?
  private var version: Int64?
  private var hosts: [String] = []
  private var history: [ConnectionEvent] = []
  private var diagnosis: Diagnosis?
  private var entry: Value.Map?
  private var values: SecretValues?

  mutating func read(
    _ member: String, _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) {
    switch member {
    case "schema": schema = try texts.schema(ConnectionRecord.schema, text, &reader)
    case "store_id", "id", "provider", "name", "created", "changed", "checked", "tried",
      "tried_diagnosis", "application", "chosen_end", "slug":
      try texts.read(member, text, &reader)
    case "version": version = try reader.integer(text)
    case "hosts":
      try reader.array(text) { reader throws(JSONError) in
        hosts.append(try reader.plainString(text))
      }
    case "history":
      try reader.array(text) { reader throws(JSONError) in
        let event = try ConnectionEvent.read(text, &reader)
        guard let event, history.count < ConnectionFacts.historyLimit else {
          return try texts.stop(.invalid(member), reader)
        }
        history.append(event)
      }
    case "diagnosis":
      diagnosis = try Diagnosis.read(text, &reader)
      if diagnosis == nil { try texts.stop(.invalid(member), reader) }
    case "entry":
      let range = try reader.skip(text)
      entry = (try? Value(json: text.extracting(range)))?.map
      if entry == nil { try texts.stop(.invalid(member), reader) }
    case "fields":
      values = try SecretValues.read(text, &reader)
      if values == nil { try texts.stop(.invalid(member), reader) }
    default: try texts.stop(.unknown(member), reader)
    }
  }

  consuming func record() throws(RecordError) -> ConnectionRecord {
    if schema == nil { throw .missing("schema") }
    guard
      let name = ConnectionName(provider: try texts.need("provider"), name: try texts.need("name"))
    else {
      throw .invalid("name")
    }
    var facts = ConnectionFacts(
      name: name, created: try texts.time("created"), changed: try texts.time("changed"))
    facts.storeID = try texts.need("store_id")
    facts.id = try texts.need("id")
    guard let version else { throw .missing("version") }
    guard (0...Int64(Int32.max)).contains(version) else { throw .invalid("version") }
    facts.version = Int(version)
    facts.hosts = hosts
    facts.checked = texts["checked"] == nil ? nil : try texts.time("checked")
    facts.diagnosis = diagnosis
    if texts["tried"] != nil {
      guard let kind = Diagnosis.Kind(rawValue: try texts.need("tried_diagnosis")) else {
        throw .invalid("tried_diagnosis")
      }
      facts.attempt = CheckAttempt(time: try texts.time("tried"), kind: kind)
    }
    if let text = texts["application"] {
      facts.application = ApplicationName(text)
      if facts.application == nil { throw .invalid("application") }
    }
    facts.chosenEnd = texts["chosen_end"] == nil ? nil : try texts.time("chosen_end")
    facts.history = history
    let slug = try texts.need("slug")
    guard let entry else { throw .missing("entry") }
    guard let values = values.take() else { throw .missing("fields") }
    return ConnectionRecord(
      facts: facts, provider: Provider(slug: slug, entry: entry, origin: .record), values: values)
  }
}
