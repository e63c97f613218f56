internal import Basics
internal import ProviderFormat
internal import Secrets

/// The requests that get a token for what a form asked, and those that renew it.
struct TokenFlow {
  private let provider: Provider
  private let inputs: FlowInputs
  private let rules: TokenRules

  init(_ provider: Provider, _ inputs: FlowInputs) {
    self.provider = provider
    self.inputs = inputs
    rules = TokenRules(provider)
  }

  /// Writes `token`, `steps` and `refresh`, as far as the mode has them.
  /// - Parameter answers: to the requests before each further step.
  func write(answers: [Value], to json: inout SecretJSONWriter) {
    guard provider.authMode.isFormBased else { return }
    switch provider.authMode.rules.proof {
    case .token(.oauth):
      // Without the certificate that goes with it, which tables do not tell.
      writeFirst(to: &json) { context throws(RequestError) in
        try ClientCredentialsCheck(rules).request(&context)
      }
    case .token(.declared):
      writeFirst(to: &json) { context throws(RequestError) in
        var procedure = TwoStepCheck(rules)
        return try procedure.next(&context)
      }
      writeSteps(answers, to: &json)
      writeRenewal(to: &json)
    case .token(.session):
      writeFirst(to: &json, hasFormat: false) { context throws(RequestError) in
        var procedure = BillCheck(rules)
        return try procedure.next(&context)
      }
    case .token(.service), .nothing: return
    case .endpoints: if provider.authMode == .jwt { writeSigned(to: &json) }
    }
  }

  /// Getting the token is the mode's own check, whatever check the entry declares besides.
  /// - Parameter hasFormat: whether the entry can choose the format of the body.
  private func writeFirst(
    to json: inout SecretJSONWriter, hasFormat: Bool = true,
    _ next: (inout CheckContext) throws(RequestError) -> PreparedRequest?
  ) {
    json.member("token") { () throws(RequestError) in
      var context = CheckContext(inputs.sourcesBeforeToken(provider))
      guard let request = try next(&context) else { throw .noAddress }
      return request
    } rest: { request, json in
      request.writeBody(to: &json)
      if hasFormat { writeFormat(of: request, to: &json) }
    }
  }

  /// Parameters in the query are a format as well.
  private func writeFormat(of request: borrowing PreparedRequest, to json: inout SecretJSONWriter) {
    if rules.format == .query, request.method != "GET" {
      json.member("body_format", "query")
    } else {
      request.writeFormat(to: &json)
    }
  }

  private func writeSteps(_ answers: [Value], to json: inout SecretJSONWriter) {
    if answers.isEmpty { return }
    var context = CheckContext(inputs.sourcesBeforeToken(provider))
    json.key("steps")
    json.beginArray()
    for (index, step) in rules.additional.prefix(answers.count).enumerated() {
      let answer = CheckAnswer(
        status: 200, body: SecretBuffer(text: answers[index].json, capacity: 1))
      _ = rules.store(TokenAnswer(answer), ofStep: index + 1, in: &context.sources)
      json.beginObject()
      json.member("request") { () throws(RequestError) in
        try TokenRequest(builder: context.builder, step: step, format: rules.format)
          .build(from: context.sources)
      } rest: {
        $0.writeBody(to: &$1)
      }
      json.endObject()
    }
    json.endArray()
  }

  private func writeRenewal(to json: inout SecretJSONWriter) {
    guard let renewal = TokenRenewal(rules) else { return }
    let context = CheckContext(inputs.sources(provider))
    json.member("refresh") { () throws(RequestError) in
      try renewal.request(context)
    } rest: { request, json in
      request.writeBody(to: &json)
      writeFormat(of: request, to: &json)
    }
  }

  /// A token that is signed here, as what it says: the signature is nothing to compare, and times are those declared.
  private func writeSigned(to json: inout SecretJSONWriter) {
    var sources = inputs.sourcesBeforeToken(provider)
    var outline = SecretJSONWriter(escaping: .display)
    outline.beginObject()
    do throws(RequestError) {
      guard let template = try JWTRequests.template(for: provider, from: &sources) else { return }
      try template.writeOutline(
        to: &outline, from: sources, secrets: TemplateWriter(names: .signed))
    } catch {
      return
    }
    outline.endObject()
    guard let text = outline.finish() else { return }
    json.key("token")
    text.withBytes { json.raw($0) }
  }
}
