internal import ProviderFormat

extension RequestBuilder {
  /// The plan of a caller's request, with the entry's base address before its path.
  func plan(
    for call: APICall, _ sources: borrowing TemplateContext
  ) throws(RequestError) -> Plan {
    Plan(
      method: call.method, address: try address(of: call.target, sources),
      parameters: call.parameters, isCall: true)
  }

  private func address(
    of target: APICall.Target, _ sources: borrowing TemplateContext
  ) throws(RequestError) -> Template {
    switch target {
    case .path(let path):
      return Template(Self.join(try side(of: provider.proxy.baseURL, sources), path))
    case .link(let link):
      let base = Template(try side(of: provider.proxy.baseURL, sources))
      // What is put together only once the base is read: a link could go on with what stands at its end.
      return base.extended(by: link)
    case .address(let address): return Template(parts: [.literal(address)])
    }
  }
}

extension Template {
  /// The template with a path behind it, one slash between the two.
  fileprivate func extended(by path: String) -> Template {
    var parts = parts
    if case .literal(let end)? = parts.last, end.hasSuffix("/") {
      parts[parts.count - 1] = .literal(String(end.dropLast()))
    }
    return Template(parts: parts + [.literal("/" + path.drop { $0 == "/" })])
  }
}
