internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

extension RequestBuilder {
  /// The request that a call becomes: with the entry's base address before its path, what the account's credentials add,
  /// and the caller's own headers and body.
  func build(
    _ call: APICall, _ body: borrowing CallBody, from sources: inout TemplateContext
  ) throws(RequestError) -> PreparedRequest {
    try CallHeaders.check(call.headers)
    let method = try call.method(hasBody: !body.isNone)
    sources.settleAWSScope()
    try makeToken(in: &sources)
    let address = CallAddress(builder: self, call: call)
    var plan = Plan(
      method: method, address: try address.template(sources), parameters: call.parameters,
      isCall: true)
    plan.callerHeaders = call.headers
    let url = try buildAddress(plan, from: sources)
    try address.check(url, sources)
    let type = contentType(of: plan, body)
    let content = try BodyMerge(builder: self, method: method, type: type)
      .content(of: body, with: call.bodyMembers, from: sources)
    let hasBody = content != nil || body.isStream
    sources.request = facts(of: plan, url)
    if namesBody() {
      if body.isStream { throw .needsWholeBody }
      sources.fetched.set(TemplateScope.requestBody, to: content.copy())
    }
    var headers = try buildHeaders(plan, from: sources)
    if hasBody, plan.callerContentType == nil {
      headers.set("content-type", to: SecretBuffer(text: type, capacity: 1))
    }
    let rules = provider.authMode.requestRules
    if body.isStream, rules.signsBody(ofType: type.lowercased()) { throw .needsWholeBody }
    try rules.sign(
      method, url, content, headers: &headers, from: &sources, isRedacting: isRedacting)
    return try request(method, url, headers, content, streaming: body)
  }

  private func request(
    _ method: String, _ url: consuming SecretBuffer, _ headers: consuming PreparedHeaders,
    _ content: consuming PreparedBody?, streaming body: borrowing CallBody
  ) throws(RequestError) -> PreparedRequest {
    var request = try request(method, url, headers, content)
    request.decompresses = provider.proxy.isCompressed
    request.streamsBody = body.isStream
    request.streamLength = body.streamLength
    return request
  }

  /// Of a body: what the caller says, else what the body is, else what the entry says, else JSON.
  private func contentType(of plan: Plan, _ body: borrowing CallBody) -> String {
    if let type = plan.callerContentType ?? body.type { return type }
    let declared = contentType(of: plan)
    return declared.isEmpty ? "application/json" : declared
  }
}

extension RequestBuilder.Plan {
  /// What the caller's own headers say of the body.
  fileprivate var callerContentType: String? {
    callerHeaders.last { $0.name.lowercased() == "content-type" }?.value
  }
}

extension PreparedBody? {
  /// The bytes, none where there is no body.
  fileprivate borrowing func copy() -> SecretBuffer {
    switch self {
    case .some(let body): body.withBytes { SecretBuffer(copying: $0) }
    case nil: SecretBuffer(capacity: 1)
    }
  }
}

extension APICall {
  /// The method, in capitals.
  func method(hasBody: Bool) throws(RequestError) -> String {
    guard let method = method?.uppercased() else { return hasBody ? "POST" : "GET" }
    let isWord = (1...20).contains(method.utf8.count) && method.utf8.allSatisfy(\.isLetter)
    guard isWord, method != "CONNECT", method != "TRACE" else { throw .badMethod }
    return method
  }
}

extension CallBody {
  var isStream: Bool {
    switch source {
    case .nowhere: false
    case .content: false
    case .stream: true
    }
  }

  /// Nil also of what is no stream.
  var streamLength: Int64? {
    switch source {
    case .nowhere: nil
    case .content: nil
    case .stream(let length, _): length
    }
  }

  /// Whether it can be sent once more.
  var isRepeatable: Bool {
    switch source {
    case .nowhere: true
    case .content: true
    case .stream(_, let isRepeatable): isRepeatable
    }
  }
}

extension TemplateContext {
  /// For the templates of an entry of AWS: region and service as the settings of connection and integration say them.
  mutating func settleAWSScope() {
    guard provider.authMode == .awsSigV4, let settings = try? STSSettings(values) else { return }
    settle(.init(.connectionConfig, "region"), to: SecretBuffer(text: settings.region, capacity: 1))
    if let service = settings.service {
      settle(.init(.connectionConfig, "service"), to: SecretBuffer(text: service, capacity: 1))
    }
  }
}
