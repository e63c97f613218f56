internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// The header or the payload of a signed token: members that are templates. Those without a value are left out; so are
/// lists and maps in which nothing is left.
struct TokenObject {
  let members: Value.Map
  let writer: TemplateWriter
  /// Whether a member that cannot be computed is left out like one without a value, instead of being an error.
  var leavesOutFailures = false

  /// Members that the entry did not write itself, put in front and at the end.
  struct Additions {
    var before: [(name: String, value: Value)] = []
    var after: [(name: String, value: Value)] = []
  }

  /// JSON without blanks, members as written.
  func json(
    _ additions: Additions, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    var json = SecretJSONWriter(limit: WebToken.limit)
    json.beginObject()
    for (name, value) in additions.before where members[name] == nil {
      json.key(name)
      json.raw(value.json)
    }
    var written: Set<String> = []
    for member in members.members {
      guard let value = try text(of: member.value, from: sources) else { continue }
      written.insert(member.key)
      json.key(member.key)
      value.withBytes { json.raw($0) }
    }
    for (name, value) in additions.after where !written.contains(name) {
      json.key(name)
      json.raw(value.json)
    }
    json.endObject()
    guard let text = json.finish() else { throw .tooLong }
    return text
  }

  /// A value as JSON; nil when nothing is left of it.
  private func text(
    of value: Value, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer? {
    var json = SecretJSONWriter(limit: WebToken.limit)
    switch value {
    case .null, .bool, .int, .double: json.raw(value.json)
    case .string(let template):
      guard let text = try filled(template, from: sources) else { return nil }
      text.withBytes { json.string($0) }
    case .list(let list):
      var isEmpty = true
      json.beginArray()
      for element in list where try write(element, to: &json, from: sources) { isEmpty = false }
      json.endArray()
      if isEmpty { return nil }
    case .map(let map):
      var isEmpty = true
      json.beginObject()
      for member in map.members {
        guard let text = try text(of: member.value, from: sources) else { continue }
        json.key(member.key)
        text.withBytes { json.raw($0) }
        isEmpty = false
      }
      json.endObject()
      if isEmpty, !map.members.isEmpty { return nil }
    }
    guard let text = json.finish() else { throw .tooLong }
    return text
  }

  private func filled(
    _ template: String, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer? {
    do throws(RequestError) {
      return try writer.filled(template, from: sources)
    } catch {
      if leavesOutFailures { return nil }
      throw error
    }
  }

  /// Writes an element of a list: a text as as many elements as commas divide it into. False when there is none.
  private func write(
    _ element: Value, to json: inout SecretJSONWriter, from sources: borrowing TemplateContext
  ) throws(RequestError) -> Bool {
    guard case .string(let template) = element else {
      guard let text = try text(of: element, from: sources) else { return false }
      text.withBytes { json.raw($0) }
      return true
    }
    guard let text = try filled(template, from: sources) else { return false }
    return text.withBytes { text in
      var (start, hasPart) = (0, false)
      while start <= text.byteCount {
        let comma = text.firstOffset(from: start) { $0 == UInt8(ascii: ",") } ?? text.byteCount
        let part = text.extracting(start..<comma)
        let inner = part.rangeWithoutOuterBlanks
        if !inner.isEmpty {
          json.string(part.extracting(inner))
          hasPart = true
        }
        start = comma + 1
      }
      return hasPart
    }
  }
}

extension TemplateWriter {
  /// The text of a template; nil when a placeholder in it has no value.
  func filled(
    _ template: String, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer? {
    var text = SecretWriter()
    let result = write(Template(template), from: sources, to: &text)
    if let failure = result.failure { throw failure }
    guard result.isComplete else { return nil }
    guard let text = text.finish() else { throw .tooLong }
    return text
  }

  /// Like `filled`, for a text without which nothing can be done.
  func needed(
    _ template: String, for place: String, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    var text = SecretWriter()
    let result = write(Template(template), from: sources, to: &text)
    if let failure = result.failure { throw failure }
    if let missing = result.missing.first { throw .unfilled(name: missing, place: place) }
    guard let text = text.finish() else { throw .tooLong }
    return text
  }
}
