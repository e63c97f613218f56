internal import Guides
internal import Secrets

/// Writes the parameters of a token request as form data, JSON, XML or a query.
///
/// Texts are templates at any depth; `||` chooses at the top level only. Numbers, truth values and null stay what they
/// are. A field that may stay empty and is empty is sent as an empty text.
struct ParameterWriter {
  let builder: RequestBuilder

  func body(
    _ members: [Value.Member], as format: BodyFormat, from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    switch format {
    case .form: try form(members, from: sources)
    case .json, .text: try json(members, from: sources)
    case .xml: try xml(members, from: sources)
    }
  }

  /// Adds the parameters to the query of an address.
  func query(
    _ members: [Value.Member], addedTo address: consuming SecretBuffer,
    from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    if members.isEmpty { return address }
    var values = NamedSecrets()
    for member in members { values.set(member.key, to: try text(of: member.value, from: sources)) }
    let isRedacting = builder.isRedacting
    let written = address.withBytes { QueryWriter.set(values, in: $0, isRedacting: isRedacting) }
    guard let written else { throw .tooLong }
    return written
  }

  private func form(
    _ members: [Value.Member], from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    var content = SecretWriter()
    for member in members {
      content.append(formName: member.key)
      let value = try text(of: member.value, from: sources)
      value.withBytes { value in
        if builder.isRedacting, value.equals(Redactor.mark.utf8) {
          content.append(value)
        } else {
          content.append(formEncoded: value)
        }
      }
    }
    guard let content = content.finish() else { throw .tooLong }
    return content
  }

  /// A parameter's value as one text; lists and maps as JSON.
  private func text(
    of value: Value, from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    switch value {
    case .string(let text): return try filled(text, isChoice: true, from: sources)
    case .null, .bool, .int, .double: return SecretBuffer(text: value.text ?? "null", capacity: 1)
    case .list, .map:
      var json = SecretJSONWriter()
      try json.write(value) { text throws(RequestError) in
        try filled(text, isChoice: false, from: sources)
      }
      guard let text = json.finish() else { throw .tooLong }
      return text
    }
  }

  private func json(
    _ members: [Value.Member], from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    var json = SecretJSONWriter()
    json.beginObject()
    for member in members {
      let isTop = member.value.text != nil
      try json.write(member) { text throws(RequestError) in
        try filled(text, isChoice: isTop, from: sources)
      }
    }
    json.endObject()
    guard let content = json.finish() else { throw .tooLong }
    return content
  }

  /// A template with its values in it. One that names a mandatory value which is not there is an error.
  func filled(
    _ template: String, isChoice: Bool, from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    var content = SecretWriter()
    let writer = builder.writer(.token).leavingOut(builder.isOptional)
    let result =
      isChoice
      ? writer.writeChoosing(template, from: sources, to: &content)
      : writer.write(Template(template), from: sources, to: &content)
    if let failure = result.failure { throw failure }
    if let missing = result.missing.first(where: { !builder.isOptional($0) }) {
      throw .unfilled(name: missing, place: "the token request")
    }
    guard let text = content.finish() else { throw .tooLong }
    return text
  }
}
