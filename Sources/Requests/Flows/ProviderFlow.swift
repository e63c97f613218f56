package import Basics
internal import Drafts
package import ProviderFormat
package import Secrets

/// The requests that come of a provider's entry once everything is known that goes into them: those that get and renew a
/// token, in a browser's flow too, one through the linked account, and the next page of a list. For comparing the engine
/// with a table of known ones, without asking anybody.
package struct ProviderFlow {
  private let provider: Provider
  private let given: Value

  /// - Parameter given: what the table says of the provider: its `inputs`, and the answers that were made up
  ///   (`steps[].answer_before`, `next_page.answer`, `discovery.answers`, `register.answer`). `variants` are the same
  ///   flow with other inputs.
  package init(_ provider: Provider, given: Value) {
    self.provider = provider
    self.given = given
  }

  /// The requests as JSON, in the table's form. One that cannot be worked out is left out.
  package func json() throws(RequestError) -> SecretBuffer {
    var json = SecretJSONWriter(escaping: .display)
    write(given, isVariant: false, to: &json)
    guard let text = json.finish() else { throw .tooLong }
    return text
  }

  private func write(_ given: Value, isVariant: Bool, to json: inout SecretJSONWriter) {
    let inputs = FlowInputs(given["inputs"])
    json.beginObject()
    if !isVariant { json.member("auth_mode", provider.authMode.rawValue) }
    TokenFlow(provider, inputs).write(answers: answers(of: given), to: &json)
    BrowserTokenFlow(provider, inputs).write(
      answers: .init(
        discovery: part("discovery", "answers", of: given),
        registration: part("register", "answer", of: given)), to: &json)
    let calls = CallFlow(provider, inputs)
    calls.write(to: &json)
    if let answer = given["next_page"]?["answer"] ?? self.given["next_page"]?["answer"] {
      calls.writePages(after: answer, to: &json)
    }
    if !isVariant { writeVariants(to: &json) }
    json.endObject()
  }

  /// The made-up answers to the requests for a token, in order.
  private func answers(of given: Value) -> [Value] {
    let steps = given["steps"] ?? self.given["steps"]
    return (steps?.list ?? []).map { $0["answer_before"] ?? .null }
  }

  /// What was made up for a part; that of the flow itself where a variant has none of its own.
  private func part(_ name: String, _ member: String, of given: Value) -> Value? {
    given[name]?[member] ?? self.given[name]?[member]
  }

  private func writeVariants(to json: inout SecretJSONWriter) {
    guard let variants = given["variants"]?.map else { return }
    json.key("variants")
    json.beginObject()
    for variant in variants.members {
      json.key(variant.key)
      write(variant.value, isVariant: true, to: &json)
    }
    json.endObject()
  }
}

extension SecretJSONWriter {
  /// Writes a member whose value is a request; nothing when it cannot be built.
  /// - Parameter rest: writes what stands behind method, address and headers.
  mutating func member(
    _ key: String, request make: () throws(RequestError) -> PreparedRequest,
    rest: (borrowing PreparedRequest, inout SecretJSONWriter) -> Void
  ) {
    let request: PreparedRequest
    do throws(RequestError) {
      request = try make()
    } catch {
      return
    }
    self.key(key)
    beginObject()
    request.writeHead(to: &self)
    rest(request, &self)
    endObject()
  }
}
