internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// One request for a token, as templates: where it goes, what stands in it and how it is written. What differs from one
/// provider to the next is data of this kind; what builds requests of it is the same for all.
struct TokenCall {
  /// Where it goes.
  enum Place: Equatable {
    /// The entry's `token_url`; where that is a map, its member of this name.
    case token(member: String? = nil)
    /// The entry's `refresh_url`, else its `token_url`.
    case renewal
    /// The entry's `request_url`.
    case temporaryToken
    /// A template.
    case address(String)
    /// An address that a server told: nothing in it is a placeholder.
    case literal(String)
  }

  var method = "POST"
  var place = Place.token()
  /// Parameters of the address.
  var query: [Value.Member] = []
  /// How `members` are written; nil where there is no body.
  var format: BodyFormat?
  var members: [Value.Member] = []
  var headers: [Provider.NamedTemplate] = []
  /// Whether it is signed by OAuth 1.0a, and which parameters of the protocol it has besides.
  var signature: OAuthOneSignature?

  /// The values of the flow that stand in it.
  var values: Set<FlowValue> {
    var templates = headers.map(\.template)
    for member in query + members { member.value.forEachText { text, _ in templates.append(text) } }
    if case .address(let address) = place { templates.append(address) }
    return Set(templates.flatMap { Template($0).names }.compactMap(FlowValue.init))
  }

  func build(in context: inout CheckContext) throws(RequestError) -> PreparedRequest {
    let made = DerivedValues(values, provider: context.provider)
    try made.set(in: &context.sources)
    let builder = context.builder
    let encoder = BodyEncoder(builder, .token)
    let url = try encoder.query(
      query, addedTo: try address(builder, context.sources), from: context.sources)
    var body: PreparedBody?
    if let format {
      let content = try encoder.body(members, as: format, from: context.sources)
      body = .some(PreparedBody(content: content, format: format))
    }
    try made.sign(body, in: &context.sources)
    var prepared = PreparedHeaders()
    for header in headers {
      try builder.set(
        header.name, header.template, allowing: .token, in: &prepared, from: context.sources)
    }
    if let signature {
      try signature.sign(method, url, body, headers: &prepared, in: &context.sources)
    }
    var request = try builder.request(method, url, prepared, body)
    request.asksForToken = true
    return request
  }

  private func address(
    _ builder: RequestBuilder, _ sources: borrowing TemplateContext
  ) throws(RequestError) -> SecretBuffer {
    let writer = builder.writer(.token)
    if case .literal(let address) = place {
      return try AddressWriter(Template(parts: [.literal(address)]), writer).write(from: sources)
    }
    guard let template = place.template(in: builder.provider), !template.isEmpty else {
      throw .noAddress
    }
    return try AddressWriter(Template(writer.choice(of: template, from: sources)), writer)
      .write(from: sources)
  }
}

extension TokenCall.Place {
  fileprivate func template(in provider: Provider) -> String? {
    let entry = provider.entry
    switch self {
    case .token(let member):
      let url = entry["token_url"]
      return url?.text ?? url?[member ?? provider.authMode.rawValue]?.text
    case .renewal: return entry["refresh_url"]?.text ?? Self.token().template(in: provider)
    case .temporaryToken: return entry["request_url"]?.text
    case .address(let address), .literal(let address): return address
    }
  }
}

extension TokenCall {
  /// Members with the headers that their format brings along.
  static func form(_ members: [Value.Member], headers: [Provider.NamedTemplate] = []) -> TokenCall {
    body(members, .form, headers)
  }

  static func json(_ members: [Value.Member], headers: [Provider.NamedTemplate] = []) -> TokenCall {
    body(members, .json, headers)
  }

  /// Parameters of the address, and no body.
  static func query(_ members: [Value.Member], method: String = "POST") -> TokenCall {
    TokenCall(method: method, query: members)
  }

  private static func body(
    _ members: [Value.Member], _ format: BodyFormat, _ headers: [Provider.NamedTemplate]
  ) -> TokenCall {
    let type = format.contentType.map {
      [Provider.NamedTemplate(name: "content-type", template: $0)]
    }
    return TokenCall(format: format, members: members, headers: (type ?? []) + headers)
  }

  /// The same at another place.
  func at(_ place: Place) -> TokenCall {
    var call = self
    call.place = place
    return call
  }

  /// The same with parameters in the address besides.
  func adding(query: [Value.Member]) -> TokenCall {
    var call = self
    call.query += query
    return call
  }
}
