internal import Guides
internal import Secrets

/// The body of a request: the check's data with the proxy's members merged in. Leaves whose placeholders have no value
/// vanish, and so do maps that are left empty.
struct BodyWriter {
  let provider: Provider
  let writer: TemplateWriter

  /// Nil for methods that have no body, and when nothing is left to send. `headers` tell whether it is form data.
  func write(
    _ data: Value?, method: String, headers: borrowing PreparedHeaders,
    from sources: borrowing TemplateSources
  ) throws(RequestError) -> PreparedBody? {
    guard ["POST", "PUT", "PATCH", "DELETE"].contains(method) else { return nil }
    guard let body = merged(data) else { return nil }
    let type = headers.withValue(of: "content-type") { $0.shownText.lowercased() }
    if type.hasPrefix("application/x-www-form-urlencoded"), let map = body.map {
      return try form(map, from: sources)
    }
    if case .string(let text) = body {
      return PreparedBody(content: try filled(text, from: sources), format: .text)
    }
    guard let kept = prune(body, from: sources) else { return nil }
    var json = SecretJSONWriter()
    try json.write(kept) { text throws(RequestError) in try filled(text, from: sources) }
    guard let content = json.finish() else { throw .tooLong }
    return PreparedBody(content: content, format: .json)
  }

  private func merged(_ data: Value?) -> Value? {
    let extra = provider.proxy.body
    guard !extra.members.isEmpty else { return data }
    guard var map = data == nil ? .init() : data?.map else { return data }
    for member in extra.members { map[member.key] = member.value }
    return .map(map)
  }

  /// The value without leaves that cannot be filled; nil when nothing is left.
  private func prune(_ value: Value, from sources: borrowing TemplateSources) -> Value? {
    switch value {
    case .null, .bool, .int, .double: return value
    case .string(let text):
      var ignored = SecretWriter()
      let result = writer.write(Template(text), from: sources, to: &ignored)
      return result.missing.isEmpty ? value : nil
    case .list(let list):
      var kept: [Value] = []
      for element in list {
        if let element = prune(element, from: sources) { kept.append(element) }
      }
      return .list(kept)
    case .map(let map):
      var kept: [Value.Member] = []
      for member in map.members {
        if let value = prune(member.value, from: sources) {
          kept.append(.init(key: member.key, value: value))
        }
      }
      return kept.isEmpty && !map.members.isEmpty ? nil : .map(.init(kept))
    }
  }

  private func form(
    _ map: Value.Map, from sources: borrowing TemplateSources
  ) throws(RequestError) -> PreparedBody? {
    var content = SecretWriter()
    for member in map.members {
      guard let value = prune(member.value, from: sources) else { continue }
      try writePairs(member.key, value, from: sources, to: &content)
    }
    guard let content = content.finish() else { throw .tooLong }
    if content.isEmpty { return nil }
    return PreparedBody(content: content, format: .form)
  }

  /// A member of a map is called `map[member]`, each element of a list `list[]`; null is an empty text.
  private func writePairs(
    _ name: String, _ value: Value, from sources: borrowing TemplateSources,
    to content: inout SecretWriter
  ) throws(RequestError) {
    switch value {
    case .list(let list):
      for element in list {
        try writePairs("\(name)[]", element, from: sources, to: &content)
      }
    case .map(let map):
      for member in map.members {
        try writePairs("\(name)[\(member.key)]", member.value, from: sources, to: &content)
      }
    case .null, .bool, .int, .double, .string:
      content.append(formName: name)
      let filled = try filled(value.text ?? "", from: sources)
      filled.withBytes { content.append(formEncoded: $0) }
    }
  }

  private func filled(
    _ text: String, from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    var content = SecretWriter()
    if let failure = writer.write(Template(text), from: sources, to: &content).failure {
      throw failure
    }
    guard let content = content.finish() else { throw .tooLong }
    return content
  }
}
