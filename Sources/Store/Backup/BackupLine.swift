internal import Basics
internal import Connections
internal import Requests
internal import Secrets

/// The lines of a backup: JSON, an object a line, whose parts are the canonical forms that a store seals.
///
///     {"kind":"usher-backup","schema":1,"store_id":"…","created":"2026-08-24T13:05:09Z","applications":1,"connections":2}
///     {"application":{…}}
///     {"record":{…},"token":{…},"former":{"record":{…},"token":{…}}}
///     {"record":{…}}
///     {"end":{"applications":1,"connections":2}}
///
/// So `age -d` and `jq` read it without this program, and a file that lacks lines is found out.
enum BackupLine {
  static let kind = "usher-backup"
  /// The format that is written, and the only one that is read.
  static let schema: Int64 = 1
  /// In bytes: two records with their tokens, and what stands around them.
  static let sizeLimit = 2 * (ConnectionRecord.sizeLimit + StoredToken.sizeLimit) + 1024
  /// As the records are read for themselves, two levels further in.
  private static let limits: JSONLimits = {
    var limits = JSONLimits.members
    limits.depth += 2
    return limits
  }()

  static func text(_ header: BackupHeader) -> SecretBuffer? {
    var json = SecretJSONWriter()
    json.beginObject()
    json.member("kind", kind)
    json.key("schema")
    json.number(schema)
    json.member("store_id", header.storeID)
    json.member("created", header.created.description)
    write(header.count, to: &json)
    json.endObject()
    return json.finish()
  }

  /// The last line.
  static func text(end count: BackupCount) -> SecretBuffer? {
    var json = SecretJSONWriter()
    json.beginObject()
    json.key("end")
    json.beginObject()
    write(count, to: &json)
    json.endObject()
    json.endObject()
    return json.finish()
  }

  private static func write(_ count: BackupCount, to json: inout SecretJSONWriter) {
    json.key("applications")
    json.number(Int64(count.applications))
    json.key("connections")
    json.number(Int64(count.connections))
  }

  /// Whether a line is the first one of a backup: only that has a kind.
  static func isHeader(_ text: RawSpan) -> Bool { (try? members(of: text))?["kind"] != nil }

  /// Where the values of an object's members stand in the text.
  static func members(of text: RawSpan) throws(RecordError) -> [String: Range<Int>] {
    var found: [String: Range<Int>] = [:]
    var reader = JSONReader(limits: limits)
    do throws(JSONError) {
      try reader.object(text) { member, reader throws(JSONError) in
        found[member] = try reader.skip(text)
      }
      try reader.end(text)
    } catch {
      throw .notJSON(error.message)
    }
    return found
  }

  /// Reads the first line.
  static func header(_ text: RawSpan) throws(RecordError) -> BackupHeader {
    var texts = RecordTexts()
    var count = BackupCountParts()
    var reader = JSONReader()
    do throws(JSONError) {
      try reader.object(text) { member, reader throws(JSONError) in
        switch member {
        case "schema": _ = try texts.schema(schema, text, &reader)
        case "kind", "store_id", "created": try texts.read(member, text, &reader)
        default:
          guard try !count.read(member, text, &reader) else { return }
          try texts.stop(.unknown(member), reader)
        }
      }
      try reader.end(text)
    } catch {
      throw texts.failure ?? .notJSON(error.message)
    }
    guard try texts.need("kind") == kind else { throw .invalid("kind") }
    return BackupHeader(
      storeID: try texts.need("store_id"), created: try texts.time("created"),
      count: try count.count())
  }

  /// Reads the last line.
  static func end(in line: RawSpan) throws(RecordError) -> BackupCount {
    guard let range = try members(of: line)["end"] else { throw .missing("end") }
    let text = line.extracting(range)
    var parts = BackupCountParts()
    var unknown: String?
    var reader = JSONReader()
    do throws(JSONError) {
      try reader.object(text) { member, reader throws(JSONError) in
        guard try !parts.read(member, text, &reader) else { return }
        unknown = member
        try reader.skip(text)
      }
    } catch {
      throw .notJSON(error.message)
    }
    if let unknown { throw .unknown(unknown) }
    return try parts.count()
  }
}

/// The members of a count as they are read.
private struct BackupCountParts {
  private var applications: Int64?
  private var connections: Int64?

  /// - Returns: whether the member is one of a count; else nothing was read.
  mutating func read(
    _ member: String, _ text: RawSpan, _ reader: inout JSONReader
  ) throws(JSONError) -> Bool {
    switch member {
    case "applications": applications = try reader.integer(text)
    case "connections": connections = try reader.integer(text)
    default: return false
    }
    return true
  }

  func count() throws(RecordError) -> BackupCount {
    BackupCount(
      applications: try number(applications, "applications"),
      connections: try number(connections, "connections"))
  }

  private func number(_ number: Int64?, _ member: String) throws(RecordError) -> Int {
    guard let number else { throw .missing(member) }
    guard (0...Int64(Int32.max)).contains(number) else { throw .invalid(member) }
    return Int(number)
  }
}
