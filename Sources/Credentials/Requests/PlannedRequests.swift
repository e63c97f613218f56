internal import Guides
package import Secrets

/// All requests that a check would send, in order, as `--dry-run` shows them:
/// `{"requests":[{"method":"GET","url":"…","headers":{…},"body":null}]}`.
package struct PlannedRequests: ~Copyable {
  private let redacted: SecretBuffer
  private let revealed: SecretBuffer
  /// How many there are; none when nothing can be checked.
  package let count: Int

  init(redacted: consuming SecretBuffer, revealed: consuming SecretBuffer, count: Int) {
    self.redacted = redacted
    self.revealed = revealed
    self.count = count
  }

  /// The requests as JSON on one line, with a mark in place of each secret unless they are to be revealed.
  package consuming func json(revealing: Bool = false) -> SecretBuffer {
    if revealing { return revealed }
    return redacted
  }
}

extension CheckSession {
  /// What the check would send. What only an answer could tell stands as a mark in the requests that follow it, and
  /// requests that are made only if earlier ones fail are among them.
  package static func plan(
    _ submission: borrowing Submission
  ) throws(RequestError) -> PlannedRequests {
    var sources = TemplateSources(of: submission.duplicate())
    sources.derive(by: submission.provider.usher.derivations)
    sources.standInForAnswers(by: submission.provider.usher.derivations)
    let revealing = RequestBuilder(provider: submission.provider)
    let redacting = RequestBuilder(provider: submission.provider, isRedacting: true)
    let plans = try plans(revealing, sources)
    return PlannedRequests(
      redacted: try json(of: plans, redacting, &sources),
      revealed: try json(of: plans, revealing, &sources), count: plans.count)
  }

  /// The hosts that the check sends the credentials to, in order and each once; empty when nothing can be checked.
  static func hosts(of submission: borrowing Submission) -> [String] {
    var sources = TemplateSources(of: submission.duplicate())
    sources.derive(by: submission.provider.usher.derivations)
    sources.standInForAnswers(by: submission.provider.usher.derivations)
    let builder = RequestBuilder(provider: submission.provider)
    guard let plans = try? plans(builder, sources) else { return [] }
    var hosts: [String] = []
    for plan in plans {
      let address = try? AddressWriter(plan.address, builder.writer(.address)).write(from: sources)
      guard let origin = address?.withBytes({ try? Origin(ofAddress: $0) }) else { continue }
      if !hosts.contains(origin.description) { hosts.append(origin.description) }
    }
    return hosts
  }

  private static func json(
    of plans: [RequestBuilder.Plan], _ builder: RequestBuilder, _ sources: inout TemplateSources
  ) throws(RequestError) -> SecretBuffer {
    var json = SecretJSONWriter()
    json.beginObject()
    json.key("requests")
    json.beginArray()
    for plan in plans { try builder.build(plan, from: &sources).write(to: &json) }
    json.endArray()
    json.endObject()
    guard let text = json.finish() else { throw .tooLong }
    return text
  }

  private static func plans(
    _ builder: RequestBuilder, _ sources: borrowing TemplateSources
  ) throws(RequestError) -> [RequestBuilder.Plan] {
    switch CheckMode(builder.provider) {
    case .unchecked: return []
    case .endpoints: return try builder.endpointPlans(sources)
    case .declared:
      var plans: [RequestBuilder.Plan] = []
      for step in builder.provider.usher.check where !sources.skips(step) {
        plans.append(try builder.plan(for: step, sources))
      }
      return plans
    }
  }
}

extension TemplateSources {
  /// Puts a mark where only an answer could tell the value.
  fileprivate mutating func standInForAnswers(by derivations: [UsherExtension.Derivation]) {
    for derivation in derivations {
      guard case .name(let name) = derivation.target, case .answer = derivation.source else {
        continue
      }
      fetched.set("derived.\(name)", to: SecretBuffer(text: "ANSWER-\(name)"))
    }
  }
}

extension PreparedRequest {
  fileprivate borrowing func write(to json: inout SecretJSONWriter) {
    json.beginObject()
    json.member("method", method)
    json.key("url")
    url.withBytes { json.string($0) }
    json.key("headers")
    json.beginObject()
    for name in headers.names {
      json.key(name)
      headers.withValue(of: name) { json.string($0) }
    }
    json.endObject()
    json.key("body")
    writeBody(to: &json)
    json.endObject()
  }

  /// A JSON body as what it is, any other as a text.
  private borrowing func writeBody(to json: inout SecretJSONWriter) {
    switch body {
    case nil: json.raw("null")
    case .some(let body):
      body.withBytes { bytes in
        var reader = SecretJSONReader()
        let isJSON = (try? reader.skip(bytes)) != nil && (try? reader.end(bytes)) != nil
        if isJSON { json.raw(bytes) } else { json.string(bytes) }
      }
    }
  }
}
