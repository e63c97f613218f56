package import Basics

extension Provider {
  /// Reads an entry of a provider file after alias expansion. Never fails: what an entry lacks or misspells is left
  /// empty here and reported by `GuideLint`, so that one odd entry does not hide the other 980.
  ///
  /// - Parameter line: the one-based line of the slug in its file, 0 when there is none.
  package init(slug: String, entry: Value.Map, origin: Origin, line: Int = 0) {
    let summary = ProviderSummary(slug: slug, entry: entry, line: line)
    self.init(
      slug: slug,
      displayName: summary.displayName,
      categories: summary.categories,
      authMode: summary.authMode,
      docs: entry["docs"]?.text,
      docsConnect: summary.docsConnect,
      setupGuide: entry["setup_guide_url"]?.text,
      fields: Self.fields(of: entry),
      proxy: Proxy(entry["proxy"]),
      verificationScript: entry["credentials_verification_script"]?.text,
      usher: UsherExtension(entry["usher"]),
      entry: entry, origin: origin, line: line)
    if usher.check.isEmpty, let script = verificationScript {
      usher.check = ScriptChecks.steps(of: script) ?? []
    }
    if usher.revocation == nil { usher.revocation = KnownRevocations.revocation(for: entry) }
  }

  private static func fields(of entry: Value.Map) -> [Field] {
    entry.members.flatMap { section -> [Field] in
      guard let scope = Field.Scope(rawValue: section.key), let map = section.value.map else {
        return []
      }
      return map.members.map { member in
        Field(
          id: .init(scope, member.key), declaration: member.value.map ?? .init(), line: member.line)
      }
    }
  }
}

extension Provider.Proxy {
  init(_ value: Value?) {
    self.init()
    guard let value else { return }
    baseURL = value["base_url"]?.text
    headers = value["headers"]?.templates ?? []
    query = value["query"]?.templates ?? []
    body = value["body"]?.map ?? .init()
    verification = value["verification"].flatMap(Provider.Verification.init)
    pagination = Pagination(value["paginate"])
    retry = RetryRules(value["retry"])
    isCompressed = value["decompress"].flatMap { KeyType<Bool>.flag.read($0) } ?? false
  }
}

extension Provider.Verification {
  init?(_ value: Value) {
    guard value.map != nil else { return nil }
    self.init()
    if let method = value["method"]?.text { self.method = method.uppercased() }
    endpoints = value["endpoints"]?.texts ?? []
    headers = value["headers"]?.templates ?? []
    data = value["data"]
    baseURLOverride = value["base_url_override"]?.text
  }
}

extension Value {
  /// The texts of a list, or of a single value written without a list around it.
  package var texts: [String] {
    if let list { return list.compactMap(\.text) }
    return text.map { [$0] } ?? []
  }

  /// The members of a map whose values are texts, in written order.
  package var templates: [Provider.NamedTemplate] {
    (map?.members ?? []).compactMap { member in
      member.value.text.map { .init(name: member.key, template: $0) }
    }
  }
}
