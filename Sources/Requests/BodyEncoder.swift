internal import Basics
internal import ProviderFormat
internal import Secrets

/// Writes an entry's own values, whose texts are templates, as JSON, form data, XML or a query. Numbers, truth values and
/// null stay what they are. Every value is escaped for its place.
struct BodyEncoder {
  /// Whose values they are: it decides what becomes of a text that names a value which is not there, where `L || R`
  /// chooses a side, and how form data holds what is no text.
  enum Policy {
    /// The data of `proxy.verification`: such a text vanishes, and so does a map that is left empty. `||` is text. In a
    /// form a member of a map is called `map[member]`, each element of a list `list[]`, and null is an empty text.
    case verification
    /// A body of `usher.check`: a text vanishes if a field that may stay empty was left so, anything else that is
    /// missing is an error. `||` chooses everywhere. In a form null vanishes, and lists and maps are JSON.
    case check
    /// The parameters of a token request: a field that may stay empty is an empty text, anything else that is missing
    /// is an error. `||` chooses at the top level only. In a form lists and maps are JSON.
    case token
  }

  let builder: RequestBuilder
  let policy: Policy
  private let writer: TemplateWriter

  init(_ builder: RequestBuilder, _ policy: Policy) {
    self.builder = builder
    self.policy = policy
    writer =
      switch policy {
      case .verification, .check: builder.writer(.body)
      case .token: builder.writer(builder.tokenScope).leavingOut(builder.isOptional)
      }
  }

  /// Members as the body of a request. There are no members in a text: it is written as JSON.
  func body(
    _ members: [Value.Member], as format: BodyFormat, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    switch format {
    case .form: try form(members, from: sources)
    case .json, .text: try json(.map(.init(members)), from: sources)
    case .xml: try xml(members, from: sources)
    }
  }

  func json(
    _ value: Value, isTop: Bool = true, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    var json = SecretJSONWriter()
    try write(value, isTop: isTop, from: sources, to: &json)
    guard let text = json.finish() else { throw .tooLong }
    return text
  }

  func form(
    _ members: [Value.Member], from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    var form = SecretWriter()
    for member in members {
      guard let value = try kept(member.value, from: sources) else { continue }
      try writePairs(member.key, value, from: sources, to: &form)
    }
    guard let text = form.finish() else { throw .tooLong }
    return text
  }

  /// Adds members to the query of an address.
  func query(
    _ members: [Value.Member], addedTo address: consuming SecretBuffer,
    from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    if members.isEmpty { return address }
    var values = SecretMap<String>()
    for member in members {
      if let text = try text(of: member.value, from: sources) { values.set(member.key, to: text) }
    }
    let isRedacting = builder.isRedacting
    let written = address.withBytes { QueryWriter.set(values, in: $0, isRedacting: isRedacting) }
    guard let written else { throw .tooLong }
    return written
  }

  /// The value without what vanishes by the policy of verifications; nil when nothing is left.
  func kept(
    _ value: Value, from sources: borrowing TemplateContext
  ) throws(RequestError) -> Value? {
    guard policy == .verification else { return value }
    switch value {
    case .null, .bool, .int, .double: return value
    case .string(let text):
      let isWhole = try filled(text, isTop: false, from: sources) != nil
      return isWhole ? value : nil
    case .list(let list):
      var kept: [Value] = []
      for element in list {
        if let element = try self.kept(element, from: sources) { kept.append(element) }
      }
      return .list(kept)
    case .map(let map):
      var kept: [Value.Member] = []
      for member in map.members {
        if let value = try self.kept(member.value, from: sources) {
          kept.append(.init(key: member.key, value: value))
        }
      }
      return kept.isEmpty && !map.members.isEmpty ? nil : .map(.init(kept))
    }
  }

  /// A template with its values in it; nil when it vanishes.
  ///
  /// - Parameter isTop: whether it stands at the top level of what is written.
  func filled(
    _ template: String, isTop: Bool, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer? {
    let chooses =
      switch policy {
      case .verification: false
      case .check: true
      case .token: isTop
      }
    let text = chooses ? writer.choice(of: template, from: sources) : template
    return try filled(Template(text), from: sources)
  }

  func filled(
    _ template: Template, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer? {
    var content = SecretWriter()
    let result = writer.write(template, from: sources, to: &content)
    if policy == .verification, !result.missing.isEmpty { return nil }
    if let failure = result.failure { throw failure }
    if policy == .check, result.missing.contains(where: builder.isOptional) { return nil }
    if let missing = result.missing.first(where: { !builder.isOptional($0) }) {
      throw .unfilled(name: missing, place: policy == .token ? "the token request" : "the body")
    }
    guard let text = content.finish() else { throw .tooLong }
    return text
  }

  /// - Parameter name: of a member of an object. A text that vanishes leaves it out, and is null elsewhere.
  private func write(
    _ value: Value, named name: String? = nil, isTop: Bool, from sources: borrowing TemplateContext,
    to json: inout SecretJSONWriter
  ) throws(RequestError) {
    if case .string(let template) = value {
      guard let text = try filled(template, isTop: isTop, from: sources) else {
        if name == nil { json.raw("null") }
        return
      }
      if let name { json.key(name) }
      return text.withBytes { json.string($0) }
    }
    if let name { json.key(name) }
    switch value {
    case .null, .bool, .int, .double, .string: json.raw(value.json)
    case .list(let list):
      json.beginArray()
      for element in list { try write(element, isTop: false, from: sources, to: &json) }
      json.endArray()
    case .map(let map):
      json.beginObject()
      for member in map.members {
        let isTop = isTop && name == nil
        try write(member.value, named: member.key, isTop: isTop, from: sources, to: &json)
      }
      json.endObject()
    }
  }

  private func writePairs(
    _ name: String, _ value: Value, from sources: borrowing TemplateContext,
    to form: inout SecretWriter
  ) throws(RequestError) {
    if policy == .verification, let list = value.list {
      for element in list { try writePairs("\(name)[]", element, from: sources, to: &form) }
      return
    }
    if policy == .verification, let map = value.map {
      for member in map.members {
        try writePairs("\(name)[\(member.key)]", member.value, from: sources, to: &form)
      }
      return
    }
    guard let text = try text(of: value, from: sources) else { return }
    form.append(formName: name)
    let isMark = policy == .token && builder.isRedacting
    text.withBytes { text in
      if isMark, text.equals(Redactor.mark.utf8) {
        form.append(text)
      } else {
        form.append(formEncoded: text)
      }
    }
  }

  /// A value as one text; lists and maps as JSON. Nil when it vanishes.
  private func text(
    of value: Value, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer? {
    switch (value, policy) {
    case (.string(let template), _): try filled(template, isTop: true, from: sources)
    case (.list, _), (.map, _): try json(value, isTop: false, from: sources)
    case (.null, .verification): SecretBuffer(capacity: 1)
    case (.null, .check): nil
    case (.null, .token): SecretBuffer(text: "null", capacity: 1)
    case (.bool, _), (.int, _), (.double, _): SecretBuffer(text: value.text ?? "", capacity: 1)
    }
  }
}
