internal import Basics
internal import Drafts
internal import ProviderFormat
internal import Secrets

/// Where a call goes: below the base address, which is the caller's, else the AWS connection's own, else the entry's.
struct CallAddress {
  let builder: RequestBuilder
  let call: APICall

  /// The address as a template.
  func template(_ sources: borrowing TemplateContext) throws(RequestError) -> Template {
    switch call.target {
    case .path(let path):
      if path.isAbsolute { return Template(path.withSmallScheme.withoutDotSegments) }
      return Template(RequestBuilder.join(try base(sources), path).withoutDotSegments)
    case .link(let link):
      // What is put together only once the base is read: a link could go on with what stands at its end.
      return Template(try base(sources)).extended(by: link)
    case .address(let address): return Template(parts: [.literal(address.withSmallScheme)])
    }
  }

  /// Whether the credentials may go to an address that was written whole.
  func check(
    _ url: borrowing SecretBuffer, _ sources: borrowing TemplateContext
  ) throws(RequestError) {
    // What is only shown, and what has marks in it, may be no address at all.
    guard call.isAbsolute, !builder.isRedacting, !builder.hasStandIns else { return }
    let asked = try url.withBytes { bytes throws(RequestError) in
      try RequestError.origin(of: bytes)
    }
    guard let origin = try baseOrigin(sources) else {
      let isOpen = builder.provider.authMode == .unauthenticated
      if isOpen || asked.scheme == .https && sources.declaredHosts().contains(asked.host) { return }
      throw .otherOrigin(asked.description)
    }
    guard origin == asked else { throw .otherOrigin(asked.description) }
  }

  /// Nil where nobody names a base address.
  private func baseOrigin(
    _ sources: borrowing TemplateContext
  ) throws(RequestError) -> Origin? {
    let base: String
    do throws(RequestError) {
      base = try self.base(sources)
    } catch .noBaseAddress {
      return nil
    }
    let template = Template(base.withoutDotSegments)
    let written = try AddressWriter(template, builder.writer(.callAddress)).write(from: sources)
    return try written.withBytes { bytes throws(RequestError) in
      try RequestError.origin(of: bytes)
    }
  }

  private func base(_ sources: borrowing TemplateContext) throws(RequestError) -> String {
    if let base = call.baseURL {
      guard base.isAbsolute else { throw .badAddress(.scheme) }
      return base.withSmallScheme
    }
    if builder.provider.authMode == .awsSigV4 {
      let own = Field.ID(.connectionConfig, "base_url")
      let isSet = sources.values.withBytes(of: own) { !$0.isEmpty }
      if isSet { return "${connectionConfig.base_url}" }
    }
    // A server of which no entry tells is the one that the account was linked with.
    if builder.provider.authMode == .mcpOAuth2Generic, builder.provider.proxy.baseURL == nil {
      let isSet = sources.values.withBytes(of: MCPDiscovery.addressField) { !$0.isEmpty }
      if isSet { return "${connectionConfig.\(MCPDiscovery.addressField.name)}" }
    }
    do throws(RequestError) {
      return try builder.side(of: builder.provider.proxy.baseURL, sources)
    } catch .noAddress {
      throw .noBaseAddress
    }
  }
}

extension APICall {
  /// Whether it names a whole address by itself.
  fileprivate var isAbsolute: Bool {
    switch target {
    case .path(let path): path.isAbsolute
    case .link: false
    case .address: true
    }
  }
}

extension String {
  /// An absolute address whose scheme is in small letters.
  fileprivate var withSmallScheme: String {
    let end = firstIndex(of: ":") ?? startIndex
    return self[..<end].lowercased() + self[end...]
  }

  /// An address, or a template of one, without the segments `.` and `..` of its path, which every client resolves before
  /// it sends (RFC 3986, section 5.2.4). What stands before the path is never left.
  var withoutDotSegments: String {
    let end = firstIndex { $0 == "?" || $0 == "#" } ?? endIndex
    let path = self[..<end]
    let root = path.firstRange(of: "://")?.upperBound ?? path.startIndex
    var segments = path[root...].split(separator: "/", omittingEmptySubsequences: false)
    guard segments.dropFirst().contains(where: \.isDots) else { return self }
    let head = path[..<root] + segments.removeFirst()
    var kept: [Substring] = []
    for (index, segment) in segments.enumerated() {
      if segment.isDots {
        if segment.dotCount == 2 { _ = kept.popLast() }
        // What ends in dots is a folder.
        if index == segments.count - 1 { kept.append("") }
      } else {
        kept.append(segment)
      }
    }
    return head + kept.map { "/\($0)" }.joined() + self[end...]
  }
}

extension Substring {
  /// Whether it is `.` or `..`, also where dots are written as codes.
  fileprivate var isDots: Bool { (1...2).contains(dotCount) }

  /// How many dots it is; 0 when it is something else.
  fileprivate var dotCount: Int {
    let plain = lowercased().replacing("%2e", with: ".")
    return plain.allSatisfy { $0 == "." } ? plain.count : 0
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
