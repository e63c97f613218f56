internal import Guides

/// The check by `proxy.verification`: its endpoints in order, until one answers with success.
struct EndpointCheck: CheckProcedure {
  /// Which endpoint comes next.
  private var index = 0
  /// The most telling answer so far. A refusal says more than the others, which may come of a wrong endpoint.
  private var undecided: Diagnosis?

  mutating func next(_ context: inout CheckContext) throws(RequestError) -> PreparedRequest? {
    let builder = context.builder
    let plans = try builder.endpointPlans(context.sources)
    guard index < plans.count else { return nil }
    index += 1
    return try builder.build(plans[index - 1], from: &context.sources)
  }

  mutating func receive(
    _ answer: borrowing CheckAnswer, _ context: inout CheckContext
  ) -> Diagnosis? {
    let meaning = context.meaning(of: answer)
    if answer.isSuccess { return meaning }
    if undecided?.saysMost != true { undecided = meaning }
    return nil
  }

  func conclusion(_ context: borrowing CheckContext) -> Diagnosis {
    undecided ?? context.general.diagnosis(.uncheckable)
  }
}

extension Diagnosis {
  /// Whether a later answer that decides nothing either says no more than this one.
  var saysMost: Bool { kind == .refused || kind == .lacksRight }
}

extension RequestBuilder {
  /// The plans of all its requests.
  func endpointPlans(_ sources: borrowing TemplateSources) throws(RequestError) -> [Plan] {
    guard let verification = provider.proxy.verification else { throw .noAddress }
    let base = try baseAddress(sources)
    return verification.endpoints.map { endpoint in
      Plan(
        method: verification.method, address: Self.join(base, endpoint),
        headers: verification.headers, body: verification.data)
    }
  }

  /// The template of the base address: the check's own or the proxy's. Of two with a `||` between them it is the left
  /// one if the first setting that they name has a value.
  func baseAddress(_ sources: borrowing TemplateSources) throws(RequestError) -> String {
    if provider.slug == GenericKey.slug { return GenericKey.base }
    let override = provider.proxy.verification?.baseURLOverride
    guard let base = override ?? provider.proxy.baseURL, !base.isEmpty else { throw .noAddress }
    guard let (left, right) = Template.alternatives(base) else { return base }
    let setting = Template(base).names.first { $0.hasPrefix("connectionConfig.") }
    guard let setting else { return left }
    let id = Field.ID(.connectionConfig, String(setting.dropFirst("connectionConfig.".count)))
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
