internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// The address of a request, its query included.
extension RequestBuilder {
  func buildAddress(
    _ plan: Plan, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    let names: TemplateScope = plan.isCall ? .callAddress : .address
    let address = try AddressWriter(plan.address, writer(names)).write(from: sources)
    return try addQuery(of: plan, to: address, from: sources)
  }

  /// The parameters of the caller, and those that the proxy and the request declare, each only if it has its value.
  private func addQuery(
    of plan: Plan, to address: consuming SecretBuffer, from sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    var values = SecretMap<String>()
    for parameter in plan.parameters {
      values.set(parameter.name, to: SecretBuffer(text: parameter.value, capacity: 1))
    }
    var parameters = provider.proxy.query + plan.query
    if case .query(let key) = GenericKey.place(sources) { parameters.append(key) }
    for parameter in parameters {
      var value = SecretWriter()
      let result = writer(.query).writeChoosing(parameter.template, from: sources, to: &value)
      if let failure = result.failure { throw failure }
      guard result.isComplete, let text = value.finish() else { continue }
      // The last of a name counts, and stands last.
      values.remove(parameter.name)
      values.set(parameter.name, to: text)
    }
    if values.isEmpty { return address }
    let query = address.withBytes { QueryWriter.set(values, in: $0, isRedacting: isRedacting) }
    guard let query else { throw .tooLong }
    return query
  }

  /// What a header's template may say of the request. Only made for requests that have such a header: the address can
  /// hold a secret, and this is ordinary memory.
  func facts(of plan: Plan, _ url: borrowing SecretBuffer) -> [String: String] {
    let all = provider.proxy.headers + plan.headers
    let needsFacts = all.contains { header in
      let template = Template(header.template)
      return template.calls(.awsSigV4)
        || template.names.contains(where: TemplateScope.requestFacts.contains)
    }
    guard needsFacts else { return [:] }
    return url.withBytes { bytes in
      guard let parts = try? AddressComponents(of: bytes) else { return [:] }
      let query = bytes.shownText(parts.query)
      return [
        "method": plan.method, "host": parts.origin.description,
        "path": bytes.shownText(parts.path), "endpoint": bytes.shownText(parts.target),
        "params": query,
        "urlCanonicalParams": query.split(separator: "&").sorted().joined(separator: "&"),
        "contentType": contentType(of: plan),
      ]
    }
  }

  /// What the request itself says of its body, where that is no template.
  func contentType(of plan: Plan) -> String {
    let declared = plan.headers + provider.proxy.headers
    return plan.callerHeaders.last { $0.name.lowercased() == "content-type" }?.value
      ?? declared.first { $0.name.lowercased() == "content-type" }?.template ?? ""
  }

  /// Makes the body known to headers that sign it. It is kept as a secret, for it may hold some.
  func makeBodyKnown(
    of plan: Plan, in sources: inout TemplateContext
  ) throws(RequestError) {
    guard namesBody(plan.headers) else { return }
    var headers = PreparedHeaders()
    headers.set("content-type", to: SecretBuffer(text: contentType(of: plan)))
    let body = try buildBody(plan, headers: &headers, from: sources)?.take()
    sources.fetched.set(TemplateScope.requestBody, to: body ?? SecretBuffer(capacity: 1))
  }

  /// Whether a header of the entry's, or one of these, says something of the body.
  func namesBody(_ headers: [Provider.NamedTemplate] = []) -> Bool {
    (provider.proxy.headers + headers).contains {
      Template($0.template).names.contains(TemplateScope.requestBody)
    }
  }
}
