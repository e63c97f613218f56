internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// The body of a request, with the members that the proxy adds to every body.
extension RequestBuilder {
  /// Nil for methods that have no body, and when nothing is left to send. A body of `usher.check` brings its content
  /// type along, unless the request declares one itself.
  func buildBody(
    _ plan: Plan, headers: inout PreparedHeaders, from sources: borrowing TemplateContext
  ) throws(RequestError) -> PreparedBody? {
    guard let declared = plan.declaredBody, !["GET", "HEAD"].contains(plan.method) else {
      guard ["POST", "PUT", "PATCH", "DELETE"].contains(plan.method) else { return nil }
      return try verificationBody(plan.body, headers, from: sources)
    }
    if !plan.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
      headers.set("content-type", to: SecretBuffer(text: declared.contentType))
    }
    let encoder = BodyEncoder(self, .check)
    switch declared {
    case .json(let value):
      return PreparedBody(
        content: try encoder.json(merged(value) ?? value, from: sources), format: .json)
    case .form(let map):
      return PreparedBody(content: try encoder.form(map.members, from: sources), format: .form)
    case .xml(let text):
      return PreparedBody(content: try encoder.xml(Template(text), from: sources), format: .xml)
    }
  }

  /// `headers` tell whether it is form data.
  private func verificationBody(
    _ data: Value?, _ headers: borrowing PreparedHeaders, from sources: borrowing TemplateContext
  ) throws(RequestError) -> PreparedBody? {
    guard let body = merged(data) else { return nil }
    if case .string(let text) = body { return try textBody(text, from: sources) }
    let encoder = BodyEncoder(self, .verification)
    let type = headers.withValue(of: "content-type") { $0.shownText.lowercased() }
    if type.isOfForm, let map = body.map {
      let form = try encoder.form(map.members, from: sources)
      if form.isEmpty { return nil }
      return PreparedBody(content: form, format: .form)
    }
    guard let kept = try encoder.kept(body, from: sources) else { return nil }
    return PreparedBody(content: try encoder.json(kept, from: sources), format: .json)
  }

  /// A placeholder without a value stays in the text.
  private func textBody(
    _ text: String, from sources: borrowing TemplateContext
  ) throws(RequestError) -> PreparedBody {
    var content = SecretWriter()
    if let failure = writer(.body).write(Template(text), from: sources, to: &content).failure {
      throw failure
    }
    guard let content = content.finish() else { throw .tooLong }
    return PreparedBody(content: content, format: .text)
  }

  private func merged(_ data: Value?) -> Value? {
    let extra = provider.proxy.body.members
    guard !extra.isEmpty, var map = data == nil ? .init() : data?.map else { return data }
    for member in extra { map[member.key] = member.value }
    return .map(map)
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
