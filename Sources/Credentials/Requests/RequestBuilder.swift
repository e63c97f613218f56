internal import Guides
internal import Secrets

/// Builds requests by the rules of the provider format. The check, `--dry-run` and later use all go through here.
struct RequestBuilder {
  let provider: Provider
  /// Whether secrets are replaced by a mark.
  var isRedacting = false

  /// What one request is made of.
  struct Plan {
    var method: String
    /// A template: absolute.
    var address: String
    /// Parameters after those of the proxy.
    var query: [Provider.NamedTemplate] = []
    /// Headers after those of the proxy, over which they win.
    var headers: [Provider.NamedTemplate] = []
    var body: Value?
    /// The body of a request of `usher.check`, in place of `body`.
    var declaredBody: UsherExtension.Body?
    /// Whether the request is one of `usher.check`, which says itself what may be left out.
    var isDeclared = false
  }

  func build(
    _ plan: Plan, from sources: inout TemplateSources
  ) throws(RequestError) -> PreparedRequest {
    try makeToken(in: &sources)
    let address = try AddressWriter(plan.address, writer(.address)).write(from: sources)
    let url = try addQuery(of: plan, to: address, from: sources)
    sources.request = facts(of: plan, url)
    var headers = try buildHeaders(plan, from: sources)
    let body = try buildBody(plan, headers: &headers, from: sources)
    try sign(plan.method, url, body, headers: &headers, from: &sources)
    return try request(plan.method, url, headers, body)
  }

  /// The finished request; in one that is redacted the address need not be valid, since nobody sends it.
  func request(
    _ method: String, _ url: consuming SecretBuffer, _ headers: consuming PreparedHeaders,
    _ body: consuming PreparedBody?
  ) throws(RequestError) -> PreparedRequest {
    if isRedacting {
      return PreparedRequest(method: method, shownAddress: url, headers: headers, body: body)
    }
    return try PreparedRequest(method: method, url: url, headers: headers, body: body)
  }

  func writer(_ names: TemplateNames) -> TemplateWriter {
    TemplateWriter(names: names, isRedacting: isRedacting)
  }

  private func buildBody(
    _ plan: Plan, headers: inout PreparedHeaders, from sources: borrowing TemplateSources
  ) throws(RequestError) -> PreparedBody? {
    guard let declared = plan.declaredBody, !["GET", "HEAD"].contains(plan.method) else {
      return try BodyWriter(provider: provider, writer: writer(.body)).write(
        plan.body, method: plan.method, headers: headers, from: sources)
    }
    return try DeclaredBody(self).write(
      declared, headers: &headers, declared: plan.headers, from: sources)
  }

  /// The parameters that the proxy and the request declare, each only if it has its value.
  private func addQuery(
    of plan: Plan, to address: consuming SecretBuffer, from sources: borrowing TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    var values = NamedSecrets()
    var parameters = provider.proxy.query + plan.query
    if case .query(let key) = GenericKey.place(sources) { parameters.append(key) }
    for parameter in parameters {
      var value = SecretWriter()
      let result = writer(.query).writeChoosing(parameter.template, from: sources, to: &value)
      if let failure = result.failure { throw failure }
      guard result.isComplete, let text = value.finish() else { continue }
      values.set(parameter.name, to: text)
    }
    if values.names.isEmpty { return address }
    let query = address.withBytes { QueryWriter.set(values, in: $0, isRedacting: isRedacting) }
    guard let query else { throw .tooLong }
    return query
  }

  /// What a header's template may say of the request. Only made for requests that have such a header: the address can
  /// hold a secret, and this is ordinary memory.
  private func facts(of plan: Plan, _ url: borrowing SecretBuffer) -> [String: String] {
    let all = provider.proxy.headers + plan.headers
    let words = ["${method}", "${host}", "${path}", "${endpoint}", "${params}", "${awsSigV4("]
    guard
      all.contains(where: { header in words.contains { header.template.contains($0) } })
    else { return [:] }
    return url.withBytes { bytes in
      guard let origin = try? Origin(ofAddress: bytes),
        let path = bytes.firstOffset(
          from: origin.scheme.rawValue.utf8.count + 3, where: { $0 == UInt8(ascii: "/") })
      else { return [:] }
      let mark = bytes.firstOffset(from: path) { $0 == UInt8(ascii: "?") } ?? bytes.byteCount
      let query = bytes.shownText(min(mark + 1, bytes.byteCount)..<bytes.byteCount)
      return [
        "method": plan.method, "host": origin.description, "path": bytes.shownText(path..<mark),
        "endpoint": bytes.shownText(path..<bytes.byteCount), "params": query,
      ]
    }
  }
}
