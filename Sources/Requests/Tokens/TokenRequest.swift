internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// Builds a token request: address, headers, and the parameters in the body or the query.
///
/// A template's `||` means "the left side if anything in it has a value, else the right one" in the address, in
/// headers and in parameters at the top level. It is looked for in the template, so a `||` in a value stays.
struct TokenRequest {
  let builder: RequestBuilder
  let step: TokenRules.Step
  let format: TokenRules.Format
  /// Before those of the step.
  var parameters: [Value.Member] = []
  /// Headers before those of the step, which win over them.
  var headers: [Provider.NamedTemplate] = []

  func build(from sources: borrowing TemplateContext) throws(RequestError) -> PreparedRequest {
    var request = try fill(from: sources)
    request.asksForToken = true
    return request
  }

  private func fill(
    from sources: borrowing TemplateContext
  ) throws(RequestError) -> PreparedRequest {
    var url = try address(from: sources)
    var prepared = PreparedHeaders()
    for header in headers + step.headers {
      try builder.set(
        header.name, header.template, allowing: builder.tokenScope, in: &prepared, from: sources)
    }
    let own = Set(step.parameters.members.map(\.key))
    let members = parameters.filter { !own.contains($0.key) } + step.parameters.members
    let encoder = BodyEncoder(builder, .token)
    guard step.method != "GET" else { return try builder.request("GET", url, prepared, nil) }
    switch format {
    case .query:
      url = try encoder.query(members, addedTo: url, from: sources)
      return try builder.request(step.method, url, prepared, nil)
    case .body(let format):
      let content = try encoder.body(members, as: format, from: sources)
      return try builder.request(
        step.method, url, prepared, PreparedBody(content: content, format: format))
    }
  }

  /// The address, filled in.
  func address(
    from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    guard let text = step.address, !text.isEmpty else { throw .noAddress }
    let writer = builder.writer(builder.tokenScope)
    return try AddressWriter(Template(writer.choice(of: text, from: sources)), writer)
      .write(from: sources)
  }
}
