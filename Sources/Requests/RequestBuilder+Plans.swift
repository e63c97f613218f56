internal import Basics
internal import ProviderFormat
internal import Secrets

/// What the entry says that is to be asked, and where.
extension RequestBuilder {
  /// The plan of a request of `proxy.verification`, by its place; nil behind the last one.
  func endpointPlan(
    at index: Int, _ sources: borrowing TemplateContext
  ) throws(RequestError) -> Plan? {
    guard let verification = provider.proxy.verification else { throw .noAddress }
    let base = try baseAddress(sources)
    guard index < verification.endpoints.count else { return nil }
    return Plan(
      method: verification.method,
      address: Template(Self.join(base, verification.endpoints[index])),
      headers: verification.headers, body: verification.data)
  }

  /// The plan of a request of `usher.check`; its address is absolute, or stands below the base address.
  func plan(
    for step: UsherExtension.CheckStep, _ sources: borrowing TemplateContext
  ) throws(RequestError) -> Plan {
    let address = step.url.isAbsolute ? step.url : Self.join(try baseAddress(sources), step.url)
    return Plan(
      method: step.method, address: Template(address), query: step.query, headers: step.headers,
      declaredBody: step.body, isDeclared: true)
  }

  /// The template of the base address of a check: its own or the proxy's.
  private func baseAddress(_ sources: borrowing TemplateContext) throws(RequestError) -> String {
    let override = provider.proxy.verification?.baseURLOverride
    return try side(of: override ?? provider.proxy.baseURL, sources)
  }

  /// The template of a base address. Of two with a `||` between them it is the left one if the first setting that they
  /// name has a value.
  func side(
    of base: String?, _ sources: borrowing TemplateContext
  ) throws(RequestError) -> String {
    if provider.slug == GenericKey.slug { return GenericKey.base }
    guard let base, !base.isEmpty else { throw .noAddress }
    guard let (left, right) = Template.alternatives(base) else { return base }
    let ids = Template(base).names.compactMap { Field.ID(templateName: $0) }
    guard let id = ids.first(where: { $0.scope == .connectionConfig }) else { return left }
    let hasValue = sources.values.withBytes(of: id) { !$0.isEmpty }
    return hasValue ? left : right
  }

  /// One slash between the two, whatever they end and begin with.
  static func join(_ base: String, _ endpoint: String) -> String {
    let base = base.hasSuffix("/") ? String(base.dropLast()) : base
    let endpoint = String(endpoint.drop { $0 == "/" })
    return endpoint.isEmpty ? base : "\(base)/\(endpoint)"
  }
}
