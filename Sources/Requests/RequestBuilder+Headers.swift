internal import Basics
internal import ProviderFormat
internal import Secrets
internal import Signing

/// Which headers a request has, in the order of the format: by auth mode, then the proxy's, then the check's own.
extension RequestBuilder {
  func buildHeaders(
    _ plan: Plan, from sources: borrowing TemplateContext
  ) throws(RequestError) -> PreparedHeaders {
    var headers = PreparedHeaders()
    let hasToken = sources.fetched.contains(TemplateContext.tokenName)
    let rules = provider.authMode.requestRules
    var declared = rules.headers(for: provider, hasToken: hasToken)
    if case .header(let key) = GenericKey.place(sources) { declared.append(key) }
    for header in declared + provider.proxy.headers {
      try set(
        header.name, header.template, unfilled: plan.isCall ? .leftOut : .settingsLeftOut,
        in: &headers, from: sources)
    }
    let hasAgent = headers.names.contains("user-agent")
    for header in plan.headers where !(hasAgent && header.name.lowercased() == "user-agent") {
      try set(
        header.name, header.template, unfilled: plan.isDeclared ? .refused : .settingsLeftOut,
        in: &headers, from: sources)
    }
    for header in plan.callerHeaders where !(hasAgent && header.name.lowercased() == "user-agent") {
      headers.set(header.name, to: SecretBuffer(text: header.value, capacity: 1))
    }
    return headers
  }

  /// What becomes of a header in which something has no value, that is no optional field which was left empty: with such
  /// a one it is always left out.
  enum Unfilled {
    /// It is left out.
    case leftOut
    /// It is left out where a setting stands in it. Anything else that is missing is an error: a request with `${…}` in
    /// it proves nothing.
    case settingsLeftOut
    /// It is an error, as in `usher.check`: without the header the request would be another one.
    case refused
  }

  func set(
    _ name: String, _ template: String, allowing names: TemplateScope = .header,
    unfilled: Unfilled = .settingsLeftOut, in headers: inout PreparedHeaders,
    from sources: borrowing TemplateContext
  ) throws(RequestError) {
    guard Self.isHeaderName(name) else { throw .badHeader(name) }
    var text = SecretWriter()
    let result = writer(names).writeChoosing(template, from: sources, to: &text)
    if let failure = result.failure { throw failure }
    let isSetting = unfilled != .refused && template.holds("connectionConfig")
    if let missing = result.missing.first {
      if unfilled == .leftOut || isSetting || result.missing.contains(where: isOptional) { return }
      throw .unfilled(name: missing, place: "the header \(name)")
    }
    guard let value = text.finish() else { throw .tooLong }
    if isSetting, value.isEmpty { return }
    let isClean = value.withBytes { bytes in
      !bytes.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }
    }
    guard isClean else { throw .badHeader(name) }
    headers.set(name, to: value)
  }

  /// Whether a name of a template is that of a field that may stay empty.
  func isOptional(_ name: String) -> Bool {
    let parts = name.split(separator: ".", maxSplits: 1)
    let bare = String(parts.last ?? "")
    return provider.fields.contains { field in
      field.id.name == bare
        && (field.isOptional || field.isHidden || field.defaultValue == "")
    }
  }

  /// A token of RFC 9110.
  static func isHeaderName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 256
      && name.utf8.allSatisfy { byte in
        byte.isLetter || byte.isDigit || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
  }
}
