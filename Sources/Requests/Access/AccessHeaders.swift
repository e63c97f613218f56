internal import Basics
package import Drafts
internal import ProviderFormat
package import Secrets
internal import Signing

/// The header lines with which another program can make requests through a linked account.
package enum AccessHeaders {
  /// Every header that the entry's requests have, by its name in lower case and in the order in which it is sent.
  /// - Parameters:
  ///   - token: what is kept for the account; nil where the mode has none.
  ///   - replay: nil for lines that are used now.
  package static func of(
    _ submission: borrowing Submission, token: borrowing TokenSet?,
    at replay: ReplayContext? = nil
  ) throws(AccessHeaderAbsence) -> SecretMap<String> {
    let provider = submission.provider
    if provider.authMode.requestRules.signsRequests || provider.signsInHeaders { throw .signed }
    var sources = TemplateContext(of: submission.duplicate(), sentAt: replay)
    switch token {
    case .some(let token): token.restore(in: &sources)
    case nil: if TokenOrigin(provider) == .fetched { throw .noToken }
    }
    let builder = RequestBuilder(provider: provider)
    let headers = try built(by: builder, &sources)
    var marking = builder
    marking.isRedacting = true
    let marked = try built(by: marking, &sources)
    let hasSecret = marked.names.contains { name in
      marked.withValue(of: name) { $0.firstOffset(of: Redactor.mark.utf8) != nil }
    }
    guard hasSecret else { throw absence(provider, marking, sources) }
    var lines = SecretMap<String>()
    for name in headers.names {
      lines.set(name, to: headers.withValue(of: name) { SecretBuffer(copying: $0) })
    }
    return lines
  }

  /// The same as lines, `name: value` and a line feed each, for `curl -H @-`.
  package static func lines(
    of submission: borrowing Submission, token: borrowing TokenSet?,
    at replay: ReplayContext? = nil
  ) throws(AccessHeaderAbsence) -> SecretBuffer {
    let headers = try of(submission, token: token, at: replay)
    var lines = SecretWriter()
    for name in headers.keys {
      lines.append(text: "\(name): ")
      headers.withBytes(of: name) { lines.append($0) }
      lines.append(0x0A)
    }
    guard let text = lines.finish() else { throw .unbuildable(.tooLong) }
    return text
  }

  private static func built(
    by builder: RequestBuilder, _ sources: inout TemplateContext
  ) throws(AccessHeaderAbsence) -> PreparedHeaders {
    do throws(RequestError) {
      try builder.makeToken(in: &sources)
      let plan = RequestBuilder.Plan(method: "GET", address: Template(""), isCall: true)
      return try builder.buildHeaders(plan, from: sources)
    } catch {
      throw .unbuildable(error)
    }
  }

  /// Where the credentials are instead.
  private static func absence(
    _ provider: Provider, _ builder: RequestBuilder, _ sources: borrowing TemplateContext
  ) -> AccessHeaderAbsence {
    var parameters = provider.proxy.query
    if case .query(let key) = GenericKey.place(sources) { parameters.append(key) }
    let query = parameters.filter { isSecret($0.template, .query, builder, sources) }.map(\.name)
    if !query.isEmpty { return .query(query) }
    let members = provider.proxy.body.members.filter { member in
      member.value.text.map { isSecret($0, .body, builder, sources) } ?? false
    }
    return members.isEmpty ? .none : .body(members.map(\.key))
  }

  private static func isSecret(
    _ template: String, _ scope: TemplateScope, _ builder: RequestBuilder,
    _ sources: borrowing TemplateContext
  ) -> Bool {
    var text = SecretWriter()
    _ = builder.writer(scope).writeChoosing(template, from: sources, to: &text)
    return text.withBytes { $0.firstOffset(of: Redactor.mark.utf8) != nil }
  }
}

extension Provider {
  /// Whether a header says something of its request, so that it is good for that one alone.
  fileprivate var signsInHeaders: Bool {
    proxy.headers.contains { header in
      let template = Template(header.template)
      return template.calls(.awsSigV4)
        || template.names.contains(where: TemplateScope.requestFacts.contains)
    }
  }
}
