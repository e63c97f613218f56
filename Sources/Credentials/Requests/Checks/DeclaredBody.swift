internal import Guides
internal import Secrets

/// The body that a request of `usher.check` declares. Every value is escaped for its place: in JSON, in a form, in JSON
/// inside of a form, in XML.
struct DeclaredBody {
  let builder: RequestBuilder
  let writer: TemplateWriter

  init(_ builder: RequestBuilder) {
    self.builder = builder
    writer = builder.writer(.body)
  }

  /// Sets the content type, unless the request declares one itself.
  ///
  /// - Parameter declared: the headers of the request, without those that the proxy adds.
  func write(
    _ body: UsherExtension.Body, headers: inout PreparedHeaders,
    declared: [Provider.NamedTemplate], from sources: borrowing TemplateSources
  ) throws(RequestError) -> PreparedBody {
    if !declared.contains(where: { $0.name.lowercased() == "content-type" }) {
      headers.set("content-type", to: SecretBuffer(text: body.contentType))
    }
    switch body {
    case .json(let value):
      return PreparedBody(content: try json(merged(value), from: sources), format: .json)
    case .form(let map):
      return PreparedBody(content: try form(map, from: sources), format: .form)
    case .xml(let text):
      return PreparedBody(content: try xml(Template(text), from: sources), format: .xml)
    }
  }

  /// With the members that the proxy adds to every body.
  private func merged(_ value: Value) -> Value {
    guard var map = value.map else { return value }
    for member in builder.provider.proxy.body.members { map[member.key] = member.value }
    return .map(map)
  }

  private func json(
    _ value: Value, from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    var json = SecretJSONWriter()
    try json.write(value) { text throws(RequestError) in try filled(text, from: sources) }
    guard let content = json.finish() else { throw .tooLong }
    return content
  }

  private func form(
    _ map: Value.Map, from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    var content = SecretWriter()
    for member in map.members {
      guard let value = try formValue(member.value, from: sources) else { continue }
      content.append(formName: member.key)
      value.withBytes { content.append(formEncoded: $0) }
    }
    guard let content = content.finish() else { throw .tooLong }
    return content
  }

  private func formValue(
    _ value: Value, from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer? {
    switch value {
    case .null: return nil
    case .map, .list: return try json(value, from: sources)
    case .bool, .int, .double, .string: return try filled(value.text ?? "", from: sources)
    }
  }

  private func xml(
    _ template: Template, from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    var content = SecretWriter()
    for part in template.parts {
      if case .literal(let text) = part {
        content.append(text: text)
        continue
      }
      let value = try value(of: Template(parts: [part]), from: sources)
      let fits = value?.withBytes { content.append(xmlEscaped: $0) } ?? true
      if !fits {
        throw .badPart(name: Template(parts: [part]).names.first ?? "a placeholder", .noXML)
      }
    }
    guard let content = content.finish() else { throw .tooLong }
    return content
  }

  /// A template in which `L || R` chooses; nil when only values of fields that may stay empty are missing.
  private func filled(
    _ text: String, from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer? {
    try value(of: Template(writer.choice(of: text, from: sources)), from: sources)
  }

  private func value(
    of template: Template, from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer? {
    var content = SecretWriter()
    let result = writer.write(template, from: sources, to: &content)
    if let failure = result.failure { throw failure }
    if let missing = result.missing.first {
      if result.missing.contains(where: builder.isOptional) { return nil }
      throw .unfilled(name: missing, place: "the body")
    }
    guard let content = content.finish() else { throw .tooLong }
    return content
  }
}

extension UsherExtension.Body {
  fileprivate var contentType: String {
    switch self {
    case .json: "application/json"
    case .form: "application/x-www-form-urlencoded"
    case .xml: "text/xml; charset=utf-8"
    }
  }
}
