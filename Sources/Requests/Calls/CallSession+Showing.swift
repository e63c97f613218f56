internal import BasicContainers
internal import Basics
package import Drafts
package import ProviderFormat
internal import Secrets
internal import Signing

/// What is shown of a call, and what is said of it before anything is sent.
extension CallSession {
  /// Whether a body has to be there as a whole before it is sent: the entry puts members into it, or signs it. Such a one
  /// is given as `CallBody.content`, in which it has a limit.
  /// - Parameter type: the content type; nil for JSON.
  package static func needsWholeBody(_ provider: Provider, type: String?) -> Bool {
    let type = type ?? "application/json"
    let builder = RequestBuilder(provider: provider)
    let merge = BodyMerge(builder: builder, method: "POST", type: type)
    let adds = !provider.proxy.body.members.isEmpty && !merge.isOpaque
    return adds || builder.namesBody()
      || provider.authMode.requestRules.signsBody(ofType: type.lowercased())
  }

  /// What speaks against a call before anything of it is sent: an address that the credentials must not be sent to, a
  /// header that cannot be set, pages that the entry does not describe. Nil where nothing does.
  package static func objection(
    to request: borrowing CallRequest, of submission: borrowing Submission
  ) -> RequestError? {
    let provider = submission.provider
    let call = request.call
    do throws(RequestError) {
      try CallHeaders.check(call.headers)
      let method = try call.method(hasBody: !request.body.isNone)
      if RetryPlan(provider, request.options) == nil { throw .badStatus }
      if request.body.isStream, needsWholeBody(provider, type: request.body.type) {
        throw .needsWholeBody
      }
      if let paging = request.options.paging {
        guard let pagination = provider.proxy.pagination, pagination.leadsOn else {
          throw .noPages
        }
        if paging.pageSize != nil, pagination.sizeParameter == nil { throw .noPageSize }
        if request.body.isStream, ["POST", "PUT", "PATCH"].contains(method) {
          throw .needsWholeBody
        }
      }
      try checkAddress(of: call, submission)
      return nil
    } catch {
      return error
    }
  }

  /// What only an answer tells is not known here; where an address hangs on it, the address is looked at once it is.
  private static func checkAddress(
    of call: APICall, _ submission: borrowing Submission
  ) throws(RequestError) {
    var sources = TemplateContext(of: submission.duplicate())
    sources.settleAWSScope()
    let builder = RequestBuilder(provider: submission.provider)
    let address = CallAddress(builder: builder, call: call)
    let plan = RequestBuilder.Plan(
      method: "GET", address: try address.template(sources), isCall: true)
    do throws(RequestError) {
      try address.check(try builder.buildAddress(plan, from: sources), sources)
    } catch .unfilled {
      return
    }
  }

  /// The first request, as it is shown and not sent: in the form of a check's dry run.
  ///
  /// What only an answer could tell, such as a token that is not there, stands as a mark.
  package static func dryRun(
    _ request: consuming CallRequest, of submission: borrowing Submission,
    token: borrowing TokenSet?, at replay: ReplayContext = ReplayContext()
  ) throws(RequestError) -> DryRunRequests {
    if let objection = objection(to: request, of: submission) { throw objection }
    var session = CallSession(request, of: submission.duplicate(), token: nil, at: replay)
    var planned = DryRunRequests(reason: nil)
    for isRedacting in [true, false] {
      var sources = TemplateContext(of: submission.duplicate(), at: replay)
      switch token {
      case .some(let token): token.restore(in: &sources)
      case nil: if TokenOrigin(submission.provider) == .fetched { TokenSet.standIn(in: &sources) }
      }
      session.context = CheckContext(sources, isRedacting: isRedacting)
      let prepared = try session.context.builder.build(
        session.call, session.body, from: &session.context.sources)
      if isRedacting {
        planned.redacted.append(prepared)
      } else {
        planned.revealed.append(prepared)
      }
    }
    return planned
  }

  /// The head of the next request with marks, and without what the caller's own words repeat of secrets.
  mutating func shownHead() throws(RequestError) -> RequestHead {
    var builder = context.builder
    builder.isRedacting = true
    let shown = try builder.build(call, body, from: &context.sources)
    let address = shown.url.withBytes { $0.shownText }
    let own = Set(call.headers.map { $0.name.lowercased() })
    return RequestHead(
      method: shown.method, address: Redactor.replaced(address, from: context.sources),
      headers: shown.headers.names.map { name in
        let value = shown.headers.withValue(of: name) { $0.shownText }
        let isSecret = own.contains(name) && Self.isSecret(name)
        return .init(
          name: name,
          value: isSecret ? Redactor.mark : Redactor.replaced(value, from: context.sources))
      })
  }

  /// The head of an answer as it may be shown: with a mark in place of each secret, and of each cookie's value.
  package borrowing func masked(_ head: AnswerHead) -> AnswerHead {
    var masked = head
    for (index, header) in head.headers.enumerated() {
      let isSecret = Self.isSecret(header.name)
      masked.headers[index].value =
        isSecret ? Redactor.mark : Redactor.replaced(header.value, from: context.sources)
    }
    return masked
  }

  /// Whether what stands in a header is a secret by its name.
  private static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["authorization", "cookie", "set-cookie"].contains(name) || SecretNames.speak(of: name)
  }
}
